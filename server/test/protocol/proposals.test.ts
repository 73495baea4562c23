import assert from 'node:assert/strict';
import { strFromU8, unzipSync } from 'fflate';
import { editorOverStdio, editor, type Editor } from './editor';

const TEXT = (sponsor: string, marked: string): string => `---\nsponsor: ${sponsor}\n---\nRESOLUTION 1 (Rev. Geneva, 2022)\nOn networks\n\nrecalling\na)\t${marked} of all texts,\n`;
const CHOSEN = { uris: ['file:///w/apt.resolution', 'file:///w/eur%201.resolution'], base: null };

for (const [where, begin] of [['in this process', editor], ['on a thread of the real server', editorOverStdio]] as const) {
  describe(`proposals over the protocol, ${where}`, function () {
    this.timeout(60_000);
    let vscode: Editor;
    const ask = <T>(method: string, params: object): Promise<T> => vscode.connection.sendRequest<T>(method, params);
    before(async () => {
      vscode = await begin();
      await vscode.open(TEXT('APT', 'the {~~first~>earliest~~}'), CHOSEN.uris[0]);
      await vscode.open(TEXT('EUR', 'the {~~first~>oldest~~}'), CHOSEN.uris[1]);
      await vscode.open('# Introduction\nNothing.\n', 'file:///w/none.resolution');
    });
    after(() => vscode.close());

    it('makes one draft and says what is left to decide', async () => {
      const { text, review } = await ask<{ text: string; review: { kind: string; line: number; authors: string[] }[] }>('resolute/consolidate', CHOSEN);
      assert.match(text, /^a\)\tthe \{--first--\}\{@APT; EUR\}\{\+\+\[earliest\]\+\+\}\{@APT\}\{\+\+\[oldest\]\+\+\}\{@EUR\}/m);
      assert.deepEqual(review.map(({ kind, line, authors }) => [kind, text.split('\n')[line]!.slice(0, 6), authors]), [['conflict', 'a)\tthe', ['APT', 'EUR']]]);
    });
    it('brings a draft up to date', async () => {
      const { text } = await ask<{ text: string }>('resolute/consolidate', CHOSEN);
      await vscode.open(text.replace('On networks', 'On all networks'), 'file:///w/draft.resolution');
      await vscode.open(TEXT('EUR', 'the {~~first~>eldest~~}'), 'file:///w/eur%202.resolution');
      const answer = await ask<{ text: string; review: unknown[] }>('resolute/updateDraft', { draft: 'file:///w/draft.resolution', was: CHOSEN.uris, uris: [CHOSEN.uris[0], 'file:///w/eur%202.resolution'], base: null });
      assert.equal(answer.text, text.replace('On networks', 'On all networks').replaceAll('oldest', 'eldest'));
      assert.equal(answer.review.length, 1);
    });
    it('lists what is left to decide in a draft, and decides', async () => {
      const { text } = await ask<{ text: string }>('resolute/consolidate', CHOSEN), uri = 'file:///w/review.resolution';
      await vscode.open(text, uri);
      type Listed = { version: number; sections: { name: string; questions: { kind: string; name: string; message: string; authors: string[]; range: { start: { line: number } }; choices: { title: string; words: string }[] }[] }[] };
      const { sections } = await ask<Listed>('resolute/review', { uri }), [{ message, range: { start: { line } } }] = sections[0]!.questions as [Listed['sections'][number]['questions'][number]];
      assert.deepEqual(sections.map(({ name, questions }) => [name, questions.map(({ kind, authors, choices }) => [kind, authors.join(), choices.map(({ title, words }) => `${title}: ${words}`)])]), [
        ['recalling', [['conflict', 'APT,EUR', ['Take what APT proposed: earliest', 'Take what EUR proposed: oldest', 'Keep the text in force: first']]]],
      ]);
      // Lines above have come in since the list was made.
      await vscode.open(`\n\n${text}`, uri);
      const edits = (title: string) => ask<{ version: number; edits: { newText: string; range: { start: { line: number } } }[] }>('resolute/takeChoice', { uri, message, line, title });
      assert.deepEqual([...new Set((await edits('Take what EUR proposed')).edits.map(({ range }) => range.start.line))], [line + 2]);
      assert.deepEqual((await edits('Take what IAP proposed')).edits, []);
    });
    it('makes a Word table, and a page for a browser', async () => {
      const how = { ...CHOSEN, withBase: true, unchanged: false, paper: 'A4', marks: 'tracked' };
      const { docx } = await ask<{ docx: string }>('resolute/sideBySide', { ...how, form: 'docx' });
      assert.match(strFromU8(unzipSync(Buffer.from(docx, 'base64'))['word/document.xml']!), /earliest.*oldest/);
      assert.match((await ask<{ html: string }>('resolute/sideBySide', { ...how, form: 'html' })).html, /<ins>oldest<\/ins>/);
    });
    it('says why it cannot', async () => {
      await assert.rejects(ask('resolute/consolidate', { uris: ['file:///w/none.resolution'], base: null }), /None of these texts proposes to change a text in force/);
      await assert.rejects(ask('resolute/consolidate', { uris: ['file:///w/gone.resolution'], base: null }), /gone\.resolution is not open and could not be read/);
    });
  });
}
