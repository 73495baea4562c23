import { strict as assert } from 'node:assert';
import { strToU8, zipSync } from 'fflate';
import * as vscode from 'vscode';
import { closeEverything, eventually, exampleUri } from './editor';

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
/** A Word file with one paragraph, in which Ana put a word in the place of another. */
const DOCX = zipSync({
  '_rels/.rels': strToU8(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`),
  'word/document.xml': strToU8('<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t xml:space="preserve">the </w:t></w:r><w:del w:id="1" w:author="Ana"><w:r><w:delText>old</w:delText></w:r></w:del><w:ins w:id="2" w:author="Ana"><w:r><w:t>new</w:t></w:r></w:ins></w:p></w:body></w:document>'),
});

describe('A Word file', () => {
  const file = () => exampleUri('from a colleague.docx');
  before(() => vscode.workspace.fs.writeFile(file(), DOCX));
  after(() => vscode.workspace.fs.delete(file()));
  afterEach(closeEverything);

  const imported = () => eventually(() => vscode.window.activeTextEditor?.document, document => document?.languageId === 'resolution' && document.getText() !== '');

  it('that is imported is a text beside it with every change and its author, not saved yet', async () => {
    await vscode.commands.executeCommand('resolute.importWord', file());
    const document = (await imported())!;
    assert.equal(document.getText(), 'the {~~old~>new~~}{@Ana}\n');
    assert.equal(document.uri.scheme, 'untitled');
    assert.match(document.uri.path, /from a colleague\.resolution$/);
  });

  it('among several that are imported at once is one text of several', async () => {
    const other = exampleUri('from another.docx');
    await vscode.workspace.fs.writeFile(other, DOCX);
    await vscode.commands.executeCommand('resolute.importWord', file(), [file(), other]);
    const names = vscode.workspace.textDocuments.filter(({ isUntitled, languageId }) => isUntitled && languageId === 'resolution').map(({ uri }) => uri.path.replace(/.*\//, ''));
    assert.deepEqual(names.sort(), ['from a colleague.resolution', 'from another.resolution']);
    await vscode.workspace.fs.delete(other);
  });

  it('that is opened is imported, and its own tab goes', async () => {
    await vscode.commands.executeCommand('vscode.open', file());
    assert.equal((await imported())!.getText(), 'the {~~old~>new~~}{@Ana}\n');
    await eventually(() => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs), tabs => !tabs.some(({ input }) => input instanceof vscode.TabInputCustom));
  });
});
