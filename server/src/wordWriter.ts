/** Word files written on a thread of their own, so that nobody who types waits for one. */
import { Worker } from 'node:worker_threads';
import type { WriteAnswer, WriteRequest } from './worker';
import type { WordFile, WordView } from './word/write';

/** How long a file that nobody waits for any more may go on being written; starting the thread anew takes about as long. */
const GRACE = 500;

interface Job {
  readonly request: WriteRequest;
  readonly done: (file: WordFile | null) => void;
  readonly failed: (reason: Error) => void;
}

/**
 * Writes one file after another. The thread starts with the first, ends with `dispose`, and is started anew after
 * a crash. It does not keep the process alive while it has nothing to write.
 */
export class WordWriter {
  private worker: Worker | null = null;
  private running: Job | null = null;
  private readonly waiting: Job[] = [];
  private lastId = 0;

  /** `path`: the bundle of `worker.ts`. */
  constructor(private readonly path: string) {}

  /**
   * Writes a text. Gives null where `signal` says that the file is not wanted any more; who asks anew for the
   * newest text cancels the request before. `template`: a Word file whose form the file is to have. Fails with a message for the user where the file cannot be written.
   */
  write(text: string, view: WordView, signal?: AbortSignal, template?: Uint8Array): Promise<WordFile | null> {
    if (signal?.aborted) return Promise.resolve(null);
    return new Promise((done, failed) => {
      const job: Job = { request: { id: ++this.lastId, text, view, template }, done, failed };
      this.waiting.push(job);
      signal?.addEventListener('abort', () => this.cancel(job), { once: true });
      this.next();
    });
  }

  /** Ends the thread. What is not written yet is cancelled. */
  dispose(): void {
    void this.worker?.terminate();
    this.worker = null;
    for (const job of [this.running, ...this.waiting.splice(0)]) job?.done(null);
    this.running = null;
  }

  private next(): void {
    if (this.running || !this.waiting.length) return;
    this.running = this.waiting.shift()!;
    this.worker ??= this.start();
    this.worker.ref();
    this.worker.postMessage(this.running.request);
  }

  private start(): Worker {
    const worker = new Worker(this.path);
    worker.on('message', (answer: WriteAnswer) => {
      if (answer.id !== this.running?.request.id) return;
      worker.unref();
      this.finish(job => 'problem' in answer ? job.failed(new Error(`The Word file could not be written: ${answer.problem}`)) : job.done({ docx: answer.docx, lines: answer.lines, templateProblem: answer.templateProblem }));
    });
    const ended = (reason: string) => {
      if (this.worker !== worker) return;
      this.worker = null;
      this.finish(job => job.failed(new Error(`The Word file could not be written: ${reason}`)));
    };
    worker.on('error', error => ended(error.message));
    worker.on('exit', () => ended('the writer stopped.'));
    return worker;
  }

  private finish(how: (job: Job) => void): void {
    const job = this.running;
    this.running = null;
    if (job) how(job);
    this.next();
  }

  private cancel(job: Job): void {
    job.done(null);
    const at = this.waiting.indexOf(job);
    if (at >= 0) this.waiting.splice(at, 1);
    else if (this.running === job) setTimeout(() => {
      if (this.running !== job) return;
      void this.worker?.terminate();
      this.worker = null;
      this.finish(() => {});
    }, GRACE).unref();
  }
}
