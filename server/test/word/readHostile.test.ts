import assert from 'node:assert/strict';
import { strToU8, zipSync } from 'fflate';
import { readWord, UnreadableWord } from '../../src/word/read';
import { paragraph, partsOf, run, wordFile, zipped } from './readFiles';

const PARTS = partsOf({ body: paragraph(run('text')) });
const withDocument = (document: string | Uint8Array): Uint8Array => zipped({ ...PARTS, 'word/document.xml': document });
const long = (text: string, count: number): Uint8Array => new Uint8Array(count * text.length).map((_, i) => text.charCodeAt(i % text.length));

/** The file is turned down with a message that matches, within a second and some megabytes; more time only for one that is read for a while. */
function refused(what: string, file: () => Uint8Array, message: RegExp, seconds = 1): void {
  it(what, () => {
    const bytes = file(), start = process.cpuUsage(), before = process.memoryUsage().rss;
    assert.throws(() => readWord(bytes), (error: unknown) => {
      assert.ok(error instanceof UnreadableWord, String(error));
      assert.match(error.message, message);
      return true;
    });
    // Of the processor, as others may be busy on it too.
    const { user, system } = process.cpuUsage(start), time = (user + system) / 1000, memory = (process.memoryUsage().rss - before) / 2 ** 20;
    assert.ok(time < seconds * 1000, `${Math.round(time)} ms`);
    assert.ok(memory < 200, `${Math.round(memory)} MB`);
  });
}

describe('reading Word: files that are no Word files, or made to do harm', () => {
  refused('a bomb', () => withDocument(long('<w:p/>', 4_000_000)), /grows more than 250 times/);
  refused('a bomb that says how large it is', () => {
    const bytes = zipped(PARTS), at = directoryOf(bytes, 'word/document.xml');
    new DataView(bytes.buffer).setUint32(at + 24, 0xfffffff0, true);
    return bytes;
  }, /more than 24 MB/);
  refused('a bomb that lies about its size', () => {
    const bytes = withDocument(long('<w:p/>', 3_000_000)), at = directoryOf(bytes, 'word/document.xml');
    new DataView(bytes.buffer).setUint32(at + 24, 1000, true);
    return bytes;
  }, /larger than the archive says/);
  refused('a text of more elements than any', () => withDocument(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${Array.from({ length: 250_000 }, (_, i) => `<w:p><w:r><w:t>${i * 7919 % 100_003}</w:t></w:r></w:p>`).join('')}</w:body></w:document>`), /more than 300,000 elements/);
  const ALL = (body: string) => withDocument(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`);
  const many = (count: number, one: (i: number) => string) => Array.from({ length: count }, (_, i) => one(i * 7919 % 100_003)).join('');
  refused('more paragraphs than any', () => ALL(many(90_000, i => `<w:p><w:r><w:t>${i}</w:t></w:r></w:p>`)), /more than 30,000 paragraphs/);
  refused('a paragraph of more changes than any', () => ALL(`<w:p>${many(90_000, i => `<w:ins w:id="1" w:author="${i % 7}"><w:r><w:t>${i}</w:t></w:r></w:ins>`)}</w:p>`), /more than 20,000 pieces/);
  refused('a paragraph of more letters than any', () => ALL(`<w:p><w:r><w:t>${many(800_000, String)}</w:t></w:r></w:p>`), /more than 20,000 pieces or 500,000 letters/);
  refused('more attributes than any', () => ALL(many(1500, i => `<w:r ${many(1000, k => `a${k}="${i}" `)}/>`)), /more than 300,000 elements/);
  refused('many small bombs', () => {
    const names = Array.from({ length: 60 }, (_, i) => `header${i}.xml`), small = `<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${'<w:p/>'.repeat(500_000)}</w:hdr>`;
    const links = names.map((name, i) => `<Relationship Id="h${i}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="${name}"/>`).join('');
    return zipped({ ...partsOf({ body: paragraph(run('text')), links }), ...Object.fromEntries(names.map(name => [`word/${name}`, small])) });
  }, /more than 300,000 elements/);
  refused('a part that is shorter than the archive says', () => {
    const bytes = zipped(PARTS), at = directoryOf(bytes, 'word/document.xml');
    new DataView(bytes.buffer).setUint32(at + 24, 5000, true);
    return bytes;
  }, /shorter than the archive says/);
  refused('entities that grow', () => withDocument('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document xmlns:w="x"><w:body>&b;</w:body></w:document>'), /DOCTYPE/);
  refused('100,000 levels', () => withDocument(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${'<w:sdt>'.repeat(100_000)}`), /nests more than/);
  refused('10,000 parts', () => zipped({ ...PARTS, ...Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`word/media/${i}.png`, ''])) }), /10004 parts/);
  refused('a file that is cut off', () => wordFile({ body: paragraph(run('text')) }).slice(0, -100), /damaged: its end is missing/);
  refused('a part that is cut off', () => withDocument('<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>'), /damaged: word\/document.xml is not well formed/);
  refused('broken data', () => {
    const bytes = withDocument(long('<w:p>some text</w:p>', 500)), at = localOf(bytes, 'word/document.xml');
    bytes.fill(0xff, at + 10, at + 60);
    return bytes;
  }, /damaged: word\/document.xml (?:cannot be unpacked|is)/);
  refused('an encrypted file', () => new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, ...new Array<number>(600).fill(0), ...[...'EncryptedPackage'].flatMap(letter => [letter.charCodeAt(0), 0]), ...new Array<number>(600).fill(0)]), /protected by a password/);
  refused('a .doc that was renamed', () => new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, ...new Array<number>(2000).fill(7)]), /old \.doc format/);
  refused('a text', () => strToU8('just a text'), /no Word document/);
  refused('nothing', () => new Uint8Array(), /no Word document/);
  refused('another archive', () => zipSync({ 'a.txt': strToU8('a') }), /no Word document/);
  refused('a workbook', () => withDocument('<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'), /no Word document/);
  refused('text in another encoding than it says', () => withDocument(new Uint8Array([...strToU8('<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="x"><w:t>'), 0xe9, 0x20, ...strToU8('</w:t></w:document>')])), /not in the encoding that it names/);
  refused('an encoding that there is not', () => withDocument('<?xml version="1.0" encoding="EBCDIC-XX"?><w:document/>'), /EBCDIC-XX/);

  it('relationships, styles, lists and comments that go in circles are read to their end', () => {
    const circle = wordFile({
      body: paragraph(run('text') + '<w:r><w:commentReference w:id="1"/></w:r>', '<w:pStyle w:val="A"/><w:numPr><w:numId w:val="1"/></w:numPr>'),
      styles: '<w:style w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style>',
      numbering: '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="S"/><w:styleLink w:val="S"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
      comments: [1, 2].map(id => `<w:comment w:id="${id}" w:author="Ana"><w:p w14:paraId="${id}">${run(`said ${id}`)}</w:p></w:comment>`).join(''),
      commentsExtended: '<w15:commentEx w15:paraId="1" w15:paraIdParent="2"/><w15:commentEx w15:paraId="2" w15:paraIdParent="1"/>',
      links: '<Relationship Id="x1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="document.xml"/><Relationship Id="x2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="../_rels/.rels"/>',
    });
    assert.match(readWord(circle).text, /^text\{>>said 1<<\}/);
  });
  it('prefixes of their own, UTF-16 and the strict edition are read like any other', () => {
    const strict = '<?xml version="1.0" encoding="UTF-16"?><x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r><x:rPr><x:b x:val="1"/></x:rPr><x:t>text</x:t></x:r></x:p></x:body></x:document>';
    const wide = new Uint8Array(2 + 2 * strict.length);
    new Uint16Array(wide.buffer).set([0xfeff, ...[...strict].map(letter => letter.charCodeAt(0))]);
    assert.equal(readWord(withDocument(wide)).text, '**text**\n');
  });
});

/** Where an archive's directory, or its data, tells of a part. */
function directoryOf(bytes: Uint8Array, name: string): number { return placeOf(bytes, name, [0x50, 0x4b, 1, 2], 46); }
function localOf(bytes: Uint8Array, name: string): number { return placeOf(bytes, name, [0x50, 0x4b, 3, 4], 30) + 30 + name.length; }
function placeOf(bytes: Uint8Array, name: string, signature: readonly number[], header: number): number {
  for (let i = 0; i < bytes.length; i++) if (signature.every((byte, k) => bytes[i + k] === byte) && [...name].every((letter, k) => bytes[i + header + k] === letter.charCodeAt(0))) return i;
  throw new Error(`there is no ${name}`);
}
