/** The thread on which Word files are written: a text comes in, the file goes out. */
import { parentPort } from 'node:worker_threads';
import { grammarOf } from '../knowledge/grammar';
import { Document } from '../markup/document';
import { writeWord, type WordFile, type WordView } from './write';

export interface WriteRequest { readonly id: number; readonly text: string; readonly view: WordView }
export type WriteAnswer = { readonly id: number } & (WordFile | { readonly problem: string });

parentPort?.on('message', async ({ id, text, view }: WriteRequest) => {
  const post = (answer: WriteAnswer, transfer: ArrayBuffer[]) => parentPort!.postMessage(answer, transfer);
  try {
    const file = await writeWord(Document.parse(text, grammarOf), { view });
    post({ id, ...file }, [file.docx.buffer]);
  } catch (error) {
    post({ id, problem: error instanceof Error ? error.message : String(error) }, []);
  }
});
