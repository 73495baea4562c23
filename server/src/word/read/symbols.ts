/** Signs that Word keeps as places in its symbol fonts: the characters that they look like. */

/** The font Symbol, from its place 0x61 and from 0xa1 on; a blank where nothing fits. */
const SMALL = 'αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼', LARGE = 'ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ';
const UPPER = 'ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑';
/** Of Wingdings and its like, what texts use: bullets, ticks, boxes, arrows. */
const WINGDINGS: Readonly<Record<number, string>> = {
  0x6c: '●', 0x6d: '❍', 0x6e: '■', 0x6f: '□', 0x71: '❑', 0x76: '❖', 0x9f: '•', 0xa7: '▪', 0xa8: '◻', 0xb7: '•', 0xd8: '➢', 0xdf: '←', 0xe0: '→', 0xe1: '↑', 0xe2: '↓', 0xe8: '➔', 0xf0: '⇨', 0xfb: '✗', 0xfc: '✓', 0xfd: '☒', 0xfe: '☑',
};

/** The character for a place in a font; null where it is not known. `code` with or without the 0xf000 that Word adds. */
export function symbol(font: string, code: number): string | null {
  const isPrivate = code >= 0xf000 && code <= 0xf0ff, place = isPrivate ? code - 0xf000 : code;
  if (/^symbol/i.test(font)) {
    const sign = place >= 0x61 && place < 0x7f ? SMALL[place - 0x61] : place >= 0x41 && place <= 0x5a ? LARGE[place - 0x41] : place >= 0xa1 ? [...UPPER][place - 0xa1] : String.fromCharCode(place);
    return sign ?? null;
  }
  if (/^(?:wingdings|webdings|zapf)/i.test(font)) return WINGDINGS[place] ?? null;
  if (isPrivate) return null;
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : null;
}
