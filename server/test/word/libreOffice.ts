/** What LibreOffice makes of a Word file when it accepts or rejects all changes: somebody else's reading of the views. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { all, bodyOf, child, children, normal, parseXml, readParts, type Node } from './docx';

export const hasLibreOffice = (): boolean => spawnSync('soffice', ['--version']).status === 0;

/** Paragraphs in the form of `decided`. */
export interface Decided { readonly accepted: string[]; readonly rejected: string[] }

/** Decides about all changes of many files in one office, as a user does in its menu, and saves what is left as XML. */
const MACRO = `<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Decide(folder, count)
  Dim unseen(0) As New com.sun.star.beans.PropertyValue, target(0) As New com.sun.star.beans.PropertyValue
  unseen(0).Name = "Hidden" : unseen(0).Value = True
  target(0).Name = "FilterName" : target(0).Value = "OpenDocument Text Flat XML"
  dispatcher = CreateUnoService("com.sun.star.frame.DispatchHelper")
  For i = 0 To count - 1
    For Each decision In Array("Accept", "Reject")
      document = StarDesktop.loadComponentFromURL(folder &amp; "/" &amp; i &amp; ".docx", "_blank", 0, unseen())
      dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" &amp; decision &amp; "AllTrackedChanges", "", 0, Array())
      document.storeToURL(folder &amp; "/" &amp; i &amp; decision &amp; ".fodt", target())
      document.close(True)
    Next
  Next
End Sub
</script:module>`;

/** What LibreOffice has after accepting and after rejecting everything, for each file. */
export function libreOfficeReads(files: readonly Uint8Array[]): Decided[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'resolute-office-'));
  const office = (...args: string[]) => spawnSync('soffice', [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--norestore', ...args], { encoding: 'utf8' });
  try {
    office('--terminate_after_init'); // makes the profile that the macro is put into
    writeFileSync(path.join(folder, 'profile/user/basic/Standard/Module1.xba'), MACRO);
    files.forEach((docx, i) => writeFileSync(path.join(folder, `${i}.docx`), docx));
    const { stderr } = office(`macro:///Standard.Module1.Decide("file://${folder}",${files.length})`);
    return files.map((_, i) => {
      const [accepted, rejected] = ['Accept', 'Reject'].map(decision => path.join(folder, `${i}${decision}.fodt`)).map(file => {
        assert.ok(existsSync(file), `LibreOffice ended before it had read file ${i}: ${stderr}`);
        return paragraphs(readFileSync(file, 'utf8'));
      });
      return { accepted: accepted!, rejected: rejected! };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * What LibreOffice (7.4) reads otherwise than it is written, found one by one and held against pandoc, which reads it as it is. A file
 * of Word's own with the same changes is read in the same way, so none of it is the writer's to mend.
 */
export const FAULTS = {
  withdrawn: 'words that an author deletes from an insertion of their own come back when all changes are accepted',
  astral: 'changes in a footnote are a place off behind a sign beyond U+FFFF',
  citing: 'the tracked end of the paragraph with the first footnote is lost, which shows where its words stay',
  between: 'where a line ends in new words and the next begins with some, the end between them is taken for new',
} as const;

/** A file without the first two faults, which can be gone round: the deletions in insertions are somebody else's, and signs beyond U+FFFF are stars. */
export function spared(docx: Uint8Array): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(unzipSync(docx)).map(([path, bytes]) => {
    if (path !== 'word/document.xml' && path !== 'word/footnotes.xml') return [path, bytes];
    let depth = 0;
    return [path, strToU8(strFromU8(bytes).replace(ASTRAL, '★').replace(/<(\/?)w:(ins|del)\b[^>]*?(\/?)>/g, (tag: string, end: string, name: string, empty: string) => {
      if (name === 'ins' && !empty) depth += end ? -1 : 1;
      return name === 'del' && depth && !end ? tag.replace('w:author="', 'w:author="Not ') : tag;
    }))];
  })));
}
export const ASTRAL = /[\u{10000}-\u{10ffff}]/gu;

/** The fault that keeps LibreOffice from reading a file's views; null where there is none. */
export function faultOf(docx: Uint8Array): keyof typeof FAULTS | null {
  const paragraphs = children(bodyOf(readParts(docx)));
  const end = (paragraph: Node | undefined) => children(child(child(paragraph, 'w:pPr'), 'w:rPr')).filter(({ name }) => name === 'w:ins' || name === 'w:del');
  const content = (paragraph: Node | undefined) => children(paragraph).filter(({ name }) => name !== 'w:pPr');
  const citing = paragraphs.find(paragraph => all(paragraph, 'w:footnoteReference').length);
  if (end(citing).some(({ name }) => !content(citing).every(item => item.name === name))) return 'citing';
  const by = ({ attributes }: Node) => `${attributes['w:author']} ${attributes['w:date'] ?? ''}`;
  return paragraphs.some((paragraph, i) => {
    const last = content(paragraph).at(-1), first = content(paragraphs[i + 1])[0];
    return last?.name === 'w:ins' && first?.name === 'w:ins' && by(last) === by(first) && !end(paragraph).some(({ name }) => name === 'w:ins');
  }) ? 'between' : null;
}

/** The paragraphs of a text in LibreOffice's own format; a footnote stands where it is referred to, a row of a table is one. */
function paragraphs(xml: string): string[] {
  const text = child(child(children(parseXml(xml))[0], 'office:body'), 'office:text');
  return blocks(text).map(normal).filter(Boolean);
}

function blocks(node: Node | undefined): string[] {
  return children(node).flatMap(inner => {
    switch (inner.name) {
      case 'text:p': case 'text:h': return [inline(inner)];
      case 'table:table-row': return [children(inner, 'table:table-cell').map(cell => blocks(cell).join(' ')).join(' ')];
      case 'text:tracked-changes': return [];
      default: return blocks(inner);
    }
  });
}

const inline = (node: Node): string => node.children.map(inner => {
  if (typeof inner === 'string') return inner;
  switch (inner.name) {
    case 'text:note': return `⟦${blocks(child(inner, 'text:note-body')).map(normal).filter(Boolean).join(' ')}⟧`;
    case 'text:tab': case 'text:line-break': case 'text:s': return ' ';
    case 'office:annotation': return '';
    default: return inline(inner);
  }
}).join('');
