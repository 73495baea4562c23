/** What LibreOffice makes of a Word file on paper: somebody else's pages. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const hasOffice = (): boolean => ['soffice', 'pdftotext'].every(command => spawnSync(command, ['-h']).status !== null);

/** Prints files with LibreOffice, and hands the paths of the PDFs over before they are thrown away. */
function printed<T>(files: readonly Uint8Array[], use: (pdfs: string[], folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'resolute-paper-'));
  try {
    files.forEach((docx, i) => writeFileSync(path.join(folder, `${i}.docx`), docx));
    const { stderr } = spawnSync('soffice', [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', 'pdf', ...files.map((_, i) => `${i}.docx`)], { cwd: folder, encoding: 'utf8' });
    const pdfs = files.map((_, i) => path.join(folder, `${i}.pdf`));
    if (!pdfs.every(existsSync)) throw new Error(`LibreOffice printed nothing: ${stderr}`);
    return use(pdfs, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The words of each page, top down, of some files. */
export const officePages = (files: readonly Uint8Array[]): string[][] =>
  printed(files, pdfs => pdfs.map(pdf => spawnSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' }).stdout.split('\f').slice(0, -1)));

/** A picture (PNG) of a page, counted from 1, with so many pixels to an inch; the Word page has 96. */
export const officePicture = (docx: Uint8Array, page: number, resolution = 96): Buffer => printed([docx], ([pdf], folder) => {
  spawnSync('pdftoppm', ['-r', `${resolution}`, '-f', `${page}`, '-l', `${page}`, '-singlefile', '-png', pdf!, path.join(folder, 'page')]);
  return readFileSync(path.join(folder, 'page.png'));
});
