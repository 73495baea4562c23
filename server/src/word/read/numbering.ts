/** Numbers that Word draws itself: the lists of a file, and their labels as Word counts them. */
import { letterText } from '../../markup/labels';
import type { Package } from './package';
import { readXml } from './xml';

interface Level { start: number; format: string; text: string; suffix: string; restart: number | null; legal: boolean }
interface List { readonly abstract: string; readonly starts: Map<number, number>; readonly levels: Map<number, Level> }

const newLevel = (): Level => ({ start: 1, format: 'decimal', text: '', suffix: 'tab', restart: null, legal: false });

export class Lists {
  private readonly abstracts = new Map<string, Map<number, Level>>();
  private readonly lists = new Map<string, List>();

  /** Without lists where the file has no part of that path. */
  constructor(file: Package, path: string | null) {
    if (!path || !file.has(path)) return;
    const links = new Map<string, string>(), styled = new Map<string, string>();
    let abstract: string | null = null, list: List | null = null, listId = '', override = 0, level: Level | null = null;
    readXml(file, path, {
      open: (name, attributes) => {
        const value = attributes['w:val'] ?? '';
        switch (name) {
          case 'w:abstractNum': this.abstracts.set(abstract = attributes['w:abstractNumId'] ?? '', new Map()); break;
          case 'w:num': listId = attributes['w:numId'] ?? ''; abstract = null; break;
          case 'w:abstractNumId': this.lists.set(listId, list = { abstract: value, starts: new Map(), levels: new Map() }); break;
          case 'w:lvlOverride': override = Number(attributes['w:ilvl']); break;
          case 'w:startOverride': list?.starts.set(override, Number(value)); break;
          case 'w:lvl': {
            const levels = abstract === null ? list?.levels : this.abstracts.get(abstract);
            levels?.set(Number(attributes['w:ilvl']), level = newLevel());
            break;
          }
          case 'w:numStyleLink': if (abstract !== null) links.set(abstract, value); break;
          case 'w:styleLink': if (abstract !== null) styled.set(value, abstract); break;
          case 'w:start': if (level) level.start = Number(value); break;
          case 'w:numFmt': if (level) level.format = value; break;
          case 'w:lvlText': if (level) level.text = value; break;
          case 'w:suff': if (level) level.suffix = value; break;
          case 'w:lvlRestart': if (level) level.restart = Number(value); break;
          case 'w:isLgl': if (level) level.legal = value !== '0' && value !== 'false'; break;
        }
      },
      close: name => {
        if (name === 'w:lvl') level = null;
        else if (name === 'w:num') list = null;
        else if (name === 'w:abstractNum') abstract = null;
      },
    });
    // A list that only names a style is the list that the style belongs to.
    for (const [id, style] of links) {
      const levels = this.abstracts.get(styled.get(style) ?? '');
      if (levels?.size) this.abstracts.set(id, levels);
    }
  }

  levelOf(id: string, level: number): Level | null {
    const list = this.lists.get(id);
    return list ? list.levels.get(level) ?? this.abstracts.get(list.abstract)?.get(level) ?? null : null;
  }

  /** What lists that count together have in common. */
  rootOf(id: string): string { return this.lists.get(id)?.abstract ?? id; }

  startOf(id: string, level: number): number | null { return this.lists.get(id)?.starts.get(level) ?? null; }
}

/** Counts one reading of a text: its original or its final view. */
export class Counter {
  private readonly counts = new Map<string, number[]>();
  private readonly begun = new Set<string>();

  constructor(private readonly lists: Lists) {}

  /** The label of the next paragraph of a list, with what divides it from the text; '' where it has none. Bullets are dashes. */
  next(id: string, depth: number): string {
    const { lists } = this, level = lists.levelOf(id, depth);
    if (!level) return '';
    const root = lists.rootOf(id), counts = this.counts.get(root) ?? [];
    this.counts.set(root, counts);
    const own = lists.startOf(id, depth);
    if (own !== null && !this.begun.has(`${id} ${depth}`)) { this.begun.add(`${id} ${depth}`); counts[depth] = own; }
    else counts[depth] = counts[depth] === undefined ? level.start : counts[depth]! + 1;
    for (let below = depth + 1; below < 9; below++) {
      const restart = lists.levelOf(id, below)?.restart ?? null;
      if (restart === null || restart > 0 && depth < restart) delete counts[below];
    }
    if (level.format === 'none' && !level.text) return '';
    const text = level.format === 'bullet' ? '–' : level.text.replace(/%([1-9])/g, (_, digit: string) => {
      const at = Number(digit) - 1, format = lists.levelOf(id, at);
      return written(counts[at] ?? format?.start ?? 1, level.legal ? 'decimal' : format?.format ?? 'decimal');
    });
    return text && text + (level.suffix === 'nothing' ? '' : level.suffix === 'space' ? ' ' : '\t');
  }
}

const ROMAN: readonly (readonly [number, string])[] = [[1000, 'm'], [900, 'cm'], [500, 'd'], [400, 'cd'], [100, 'c'], [90, 'xc'], [50, 'l'], [40, 'xl'], [10, 'x'], [9, 'ix'], [5, 'v'], [4, 'iv'], [1, 'i']];

function roman(value: number): string {
  let text = '';
  for (const [size, sign] of ROMAN) for (; value >= size; value -= size) text += sign;
  return text;
}

/** The letters that Word counts Arabic and Russian lists with, and the numbers of Chinese ones. */
const LETTERS: Readonly<Record<string, string>> = { arabicAlpha: 'أبتثجحخدذرزسشصضطظعغفقكلمنهوي', arabicAbjad: 'أبجدهوزحطيكلمنسعفصقرشتثخذضظغ', russianLower: 'абвгдежзиклмнопрстуфхцчшщэюя', russianUpper: 'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ' };
const CHINESE = '〇一二三四五六七八九';

function chinese(value: number): string {
  if (value > 99) return String(value).replace(/\d/g, digit => CHINESE[Number(digit)]!);
  const tens = Math.floor(value / 10), ones = value % 10;
  return `${tens > 1 ? CHINESE[tens] : ''}${tens ? '十' : ''}${ones ? CHINESE[ones] : ''}`;
}

/** A number in one of Word's formats; in figures where the format is none of those that texts of ITU use. */
function written(value: number, format: string): string {
  if (value < 1 || value > 9999) return String(value);
  switch (format) {
    // Word goes on behind z with aa, bb, not with aa, ab.
    case 'lowerLetter': return letterText((value - 1) % 26 + 1).repeat(Math.ceil(value / 26));
    case 'upperLetter': return letterText((value - 1) % 26 + 1).repeat(Math.ceil(value / 26)).toUpperCase();
    case 'lowerRoman': return roman(value);
    case 'upperRoman': return roman(value).toUpperCase();
    case 'decimalZero': return String(value).padStart(2, '0');
    case 'none': return '';
    case 'chineseCounting': case 'chineseCountingThousand': case 'ideographDigital': case 'taiwaneseCounting': case 'japaneseCounting': return chinese(value);
    default: {
      const letters = LETTERS[format];
      return letters ? [...letters][(value - 1) % [...letters].length]! : String(value);
    }
  }
}
