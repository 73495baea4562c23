/**
 * The thread for what takes long. Started without data it writes Word files: a text comes in, the file goes out. With
 * two texts as its data it compares them, with a Word file or a clipboard it reads that, with proposals it sets them together, and ends.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { compare, type Comparing } from './changes/compare';
import { answer, type ProposalsRequest } from './proposals/answer';
import { grammarOf } from './knowledge/grammar';
import { Document } from './markup/document';
import { readWord, type ReadAnswer, UnreadableWord } from './word/read';
import { paste, type Clipboard } from './word/read/clipboard';
import { writeWord, type WordFile, type WordView } from './word/write';

export interface WriteRequest { readonly id: number; readonly text: string; readonly view: WordView; readonly template: Uint8Array | undefined }
export interface CompareRequest { readonly base: string; readonly now: string; readonly how: Comparing }
/** A file to read. */
export interface ReadRequest { readonly docx: Uint8Array }
export type WriteAnswer = { readonly id: number } & (WordFile | { readonly problem: string });

const data = workerData as CompareRequest | ReadRequest | Clipboard | ProposalsRequest | null | undefined;
if (data && 'docx' in data) parentPort?.postMessage(read(data.docx));
else if (data && 'plain' in data) parentPort?.postMessage(paste(data));
else if (data && 'proposals' in data) void answer(data).then(made => parentPort?.postMessage(made));
else if (data) parentPort?.postMessage(compare(Document.parse(data.base, grammarOf), Document.parse(data.now, grammarOf), data.how));
else parentPort?.on('message', async ({ id, text, view, template }: WriteRequest) => {
  const post = (answer: WriteAnswer, transfer: ArrayBuffer[]) => parentPort!.postMessage(answer, transfer);
  try {
    const file = await writeWord(Document.parse(text, grammarOf), { view, template });
    post({ id, ...file }, [file.docx.buffer]);
  } catch (error) {
    post({ id, problem: error instanceof Error ? error.message : String(error) }, []);
  }
});

function read(docx: Uint8Array): ReadAnswer {
  try {
    return readWord(docx);
  } catch (error) {
    if (error instanceof UnreadableWord) return { problem: error.message };
    throw error;
  }
}
