// @ts-check
// What comes from Word: pasted from its clipboard, opened, dropped; and the Word page in the form of a template.
import { strict as assert } from 'node:assert';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { after, afterEach, before, describe, it } from 'mocha';
import { openWorkbench, runCommand, webview } from '../host/workbench.mjs';
import { endOfLine, goTo, until } from './editor.mjs';

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships', W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
/** A Word file of some parts; `links` of its text, `<type> <target>`. @param {string} body @param {Record<string, string>} [parts] @param {string[]} [links] */
const docx = (body, parts = {}, links = []) => zipSync(Object.fromEntries(Object.entries({
  '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
  'word/document.xml': `<w:document ${W}><w:body>${body}</w:body></w:document>`,
  'word/_rels/document.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${links.map(link => `<Relationship Id="${link.split(' ')[0]}" Type="${OFFICE}/${link.split(' ')[0]}" Target="${link.split(' ')[1]}"/>`).join('')}</Relationships>`,
  ...parts,
}).map(([name, xml]) => [name, strToU8(xml)])));
const CHANGED = docx('<w:p><w:r><w:t xml:space="preserve">the </w:t></w:r><w:del w:id="1" w:author="Ana"><w:r><w:delText>old</w:delText></w:r></w:del><w:ins w:id="2" w:author="Ana"><w:r><w:t>new</w:t></w:r></w:ins></w:p>');
const TEMPLATE = docx('<w:p/><w:sectPr><w:headerReference w:type="default" r:id="header"/><w:pgSz w:w="16840" w:h="11907" w:orient="landscape"/><w:pgMar w:top="1000" w:right="1000" w:bottom="1000" w:left="1000" w:header="500" w:footer="500" w:gutter="0"/></w:sectPr>',
  { 'word/header1.xml': `<w:hdr ${W}><w:p><w:r><w:t>Office of the Example Group</w:t></w:r></w:p></w:hdr>` }, ['header header1.xml']);
const CLIPBOARD = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15"></head><body><!--StartFragment--><p class=MsoNormal>b)<span style='mso-tab-count:1'>   </span>that <span class=msoDel><del cite="mailto:Ana%20Lima" datetime="2024-09-01T10:00">old</del></span><span class=msoIns><ins cite="mailto:Bo" datetime="2024-09-02T11:30">new</ins></span> things;<a href="#_ftn1" name="_ftnref1">[1]</a><o:p></o:p></p><div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1">[1]</a> Noted.</p></div></div><!--EndFragment--></body></html>`;
const TEXT = 'RESOLUTION 1 (Geneva, 2022)\nOn things\n\nrecalling\n1\tone:\n    a)\tdeep;\n';

describe('What comes from Word', () => {
  /** @type {Awaited<ReturnType<typeof openWorkbench>>} */
  let editor;
  /** @type {import('playwright-core').Page} */
  let page;
  const file = (/** @type {string} */ name) => path.join(editor.folder, name);
  before(async function () {
    this.timeout(60_000);
    editor = await openWorkbench({ settings: { 'resolute.word.template': 'form.dotx', 'editor.minimap.enabled': false } });
    ({ page } = editor);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    for (const [name, content] of [['own.resolution', TEXT], ['a colleague’s.docx', CHANGED], ['dragged.docx', CHANGED], ['form.dotx', TEMPLATE]]) writeFileSync(file(/** @type {string} */ (name)), content ?? '');
    await open('own.resolution');
    await page.locator('.view-line', { hasText: 'recalling' }).waitFor();
    await page.locator('[id*="resolute.tracking"]', { hasText: 'off' }).waitFor(); // the extension is there
  });
  after(() => editor?.close());
  afterEach(async function () {
    const { state, title = '' } = this.currentTest ?? {}, folder = process.env.RESOLUTE_PICTURES;
    if (!page || (!folder && state !== 'failed')) return;
    mkdirSync(folder ?? tmpdir(), { recursive: true });
    const picture = path.join(folder ?? tmpdir(), `${title}.png`);
    await page.screenshot({ path: picture });
    if (state === 'failed') console.log(`      A picture of the window: ${picture}`);
  });

  const open = (/** @type {string} */ name) => page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first().dblclick();
  /** Puts something on the clipboard as another program does. @param {string} html @param {string} plain */
  const copy = (html, plain) => page.evaluate(([html, plain]) => {
    const put = (/** @type {ClipboardEvent} */ event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (html) event.clipboardData?.setData('text/html', html);
      event.clipboardData?.setData('text/plain', plain ?? '');
    };
    document.addEventListener('copy', put, { capture: true, once: true });
    document.execCommand('copy');
  }, [html, plain]);
  const saved = async (/** @type {string} */ text) => {
    await page.keyboard.press('Control+s');
    await until(async () => readFileSync(file('own.resolution'), 'utf8') === text).catch(() => assert.equal(readFileSync(file('own.resolution'), 'utf8'), text));
  };

  it('pasted, it is a clause with its changes, their authors and its footnote, at its place', async () => {
    await goTo(page, 6);
    await endOfLine(page);
    await copy(CLIPBOARD, 'b)\tthat new things;[1]\r\n');
    await page.keyboard.press('Control+v');
    await page.locator('.view-line', { hasText: 'Ana' }).waitFor();
    await saved(`${TEXT}    b)\tthat {--old--}{@Ana Lima 2024-09-01T10:00Z}{++new++}{@Bo 2024-09-02T11:30Z} things;[^1]\n[^1]: Noted.\n`);
  });
  it('one undo takes it back', async () => {
    await page.keyboard.press('Control+z');
    await saved(TEXT);
  });
  it('pasted while changes are tracked, it is an insertion with its changes accepted', async () => {
    await runCommand(page, 'Resolute: Track Changes On/Off');
    await page.locator('[id*="resolute.tracking"]', { hasText: 'on' }).waitFor();
    await goTo(page, 6);
    await endOfLine(page);
    await page.keyboard.press('Control+v');
    await page.locator('.view-line', { hasText: 'Noted' }).waitFor();
    await saved(`${TEXT}    {++b)\tthat new things;[^1]++}\n{++[^1]: Noted.++}\n`);
    await until(async () => { await page.keyboard.press('Control+z'); await page.keyboard.press('Control+s'); return readFileSync(file('own.resolution'), 'utf8') === TEXT; });
    await runCommand(page, 'Resolute: Track Changes On/Off');
  });
  it('text from a PDF can be pasted tidied', async () => {
    await page.keyboard.press('Control+End');
    await copy('', 'noting\na) that one\nline is broken;');
    await page.keyboard.press('Control+v');
    await page.locator('.view-line', { hasText: 'broken' }).waitFor();
    await page.locator('.post-edit-widget').click();
    await page.getByText('Paste Tidied').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.view-line', { hasText: 'that one line is broken' }).waitFor();
    await saved(`${TEXT}noting\na)\tthat one line is broken;`);
  });
  it('a file that is opened becomes a text with its changes', async () => {
    await open('colleague');
    await page.locator('.tab', { hasText: 'colleague’s.resolution' }).waitFor();
    await page.locator('.view-line', { hasText: 'Ana' }).waitFor();
  });
  it('a file that is dragged from the Explorer onto the text does too', async () => {
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'dragged' }).hover();
    await page.mouse.down();
    await page.mouse.move(700, 400, { steps: 8 });
    await page.locator('#monaco-workbench-editor-drop-overlay').waitFor();
    await page.mouse.move(720, 410, { steps: 4 });
    await page.mouse.up();
    await page.locator('.tab', { hasText: 'dragged.resolution' }).waitFor();
    await page.locator('.tab', { hasText: 'dragged.docx' }).waitFor({ state: 'detached' });
    await page.locator('.view-line', { hasText: 'Ana' }).waitFor();
  });
  it('the Word page has the form of the template', async () => {
    await page.locator('.tab', { hasText: 'own.resolution' }).click();
    await runCommand(page, 'Resolute: Show Word Page Beside');
    const sheet = webview(page).locator('#sheets section', { hasText: 'Office of the Example Group' }).first();
    await sheet.waitFor();
    const { width, height } = await sheet.boundingBox() ?? { width: 0, height: 0 };
    assert.ok(width > height, `${width} × ${height}`);
  });
  it('says so where the template cannot be used', async () => {
    writeFileSync(file('form.dotx'), 'just a text');
    await goTo(page, 2);
    await page.keyboard.type('All ');
    await webview(page).locator('#band', { hasText: 'form.dotx cannot be used' }).waitFor();
  });
});
