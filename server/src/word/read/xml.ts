/** XML as a stream of elements: a part is read once, in pieces, and no tree of it is made. */
import { SaxesParser } from 'saxes';
import { damaged, UnreadableWord, type Package } from './package';

export type Attributes = Readonly<Record<string, string>>;

export interface Handler {
  /** Names have the prefixes that Word gives them (`w:p`), whatever those of the file are. */
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  text?(text: string): void;
}

/** Word nests a dozen elements around a text, and some more for each table in a table. */
const DEEPEST = 600;

/** The prefixes that Word uses for the namespaces that are read, by the ends of their names in both editions of the standard. */
const PREFIXES: readonly (readonly [RegExp, string])[] = [
  [/\/wordprocessingml\/(?:2006\/)?main$/, 'w'], [/\/officeDocument\/(?:2006\/)?math$/, 'm'], [/\/officeDocument\/(?:2006\/)?relationships$/, 'r'],
  [/\/markup-compatibility\/2006$/, 'mc'], [/\/drawingml\/(?:2006\/)?main$/, 'a'], [/\/drawingml\/(?:2006\/)?wordprocessingDrawing$/, 'wp'],
  [/\/office\/word\/2010\/wordml$/, 'w14'], [/\/office\/word\/2012\/wordml$/, 'w15'], [/\/office\/word\/2010\/wordprocessingShape$/, 'wps'], [/^urn:schemas-microsoft-com:vml$/, 'v'],
];

/** Reads a part of a file. Throws `UnreadableWord` where it is not well formed, or not XML as Word writes it. */
export function readXml(file: Package, path: string, handler: Handler): void {
  const parser = new SaxesParser();
  let depth = 0, names: Map<string, string> | null = null;
  parser.on('doctype', () => { throw new UnreadableWord('The file defines signs of its own (a DOCTYPE), which Word never does: it is made to do harm, not to be read.'); });
  parser.on('error', error => { throw damaged(`${path} is not well formed (${error.message.replace(/^\d+:\d+: /, 'at its end, ').replace(/^undefined:/, '')})`); });
  parser.on('opentag', ({ name, attributes }) => {
    if (++depth > DEEPEST) throw new UnreadableWord(`The file nests more than ${DEEPEST} elements in each other; no real document does.`);
    if (depth === 1) names = renamed(attributes as Attributes);
    if (names) handler.open(rename(name, names, true), Object.fromEntries(Object.entries(attributes as Attributes).map(([key, value]) => [rename(key, names!, false), value])));
    else handler.open(name, attributes as Attributes);
  });
  parser.on('closetag', ({ name }) => {
    depth--;
    handler.close(names ? rename(name, names, true) : name);
  });
  if (handler.text) parser.on('text', text => handler.text!(text));
  let decoder: TextDecoder | null = null;
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes ? decoder!.decode(bytes, { stream: true }) : decoder!.decode();
    } catch {
      throw damaged(`${path} is not in the encoding that it names`);
    }
  };
  for (const bytes of file.readXml(path)) {
    decoder ??= decoderOf(bytes, path);
    parser.write(decode(bytes));
  }
  if (!decoder) throw damaged(`${path} is empty`);
  parser.write(decode()).close();
}

/** The prefixes of a file that are not Word's own, and what they stand for; null where all are as usual. */
function renamed(attributes: Attributes): Map<string, string> | null {
  const names = new Map<string, string>();
  for (const [key, uri] of Object.entries(attributes)) {
    const prefix = key === 'xmlns' ? '' : key.startsWith('xmlns:') ? key.slice(6) : null;
    const usual = prefix === null ? undefined : PREFIXES.find(([pattern]) => pattern.test(uri))?.[1];
    if (prefix !== null && usual && usual !== prefix) names.set(prefix, usual);
  }
  return names.size ? names : null;
}

function rename(name: string, names: ReadonlyMap<string, string>, isElement: boolean): string {
  const colon = name.indexOf(':'), prefix = colon < 0 ? '' : name.slice(0, colon);
  const usual = prefix || isElement ? names.get(prefix) : undefined;
  return usual ? `${usual}:${name.slice(colon + 1)}` : name;
}

/** A decoder for what a part begins with: a byte order mark, the declaration, or else UTF-8. */
function decoderOf(bytes: Uint8Array, path: string): TextDecoder {
  const [a, b] = bytes;
  const wide = a === 0xff && b === 0xfe || a === 0x3c && b === 0 ? 'utf-16le' : a === 0xfe && b === 0xff || a === 0 && b === 0x3c ? 'utf-16be' : null;
  const declared = wide ?? /^[^>]*?\sencoding\s*=\s*["']([\w.:-]+)/.exec(String.fromCharCode(...bytes.subarray(0, 200)))?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(declared, { fatal: true });
  } catch {
    throw damaged(`${path} is in an encoding that is not known (${declared})`);
  }
}
