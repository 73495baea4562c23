import type { Writable } from 'node:stream';
import { AbstractMessageWriter, type Message } from 'vscode-languageserver/node';
import { encode } from './features/raw';

/** Puts each message on the wire in one piece: with a header that goes ahead by itself, the editor wakes up twice for one answer. */
export class MessageWriter extends AbstractMessageWriter {
  constructor(private readonly stream: Writable) {
    super();
    stream.on('error', error => this.fireError(error));
    stream.on('close', () => this.fireClose());
  }

  /** Done when the stream has taken the message; the stream keeps the order of messages. A stream that cannot take it tells so in `onError`. */
  write(message: Message): Promise<void> {
    return new Promise((done, failed) => this.stream.write(encode(message), error => { if (error) failed(error); else done(); }));
  }

  end(): void { this.stream.end(); }
}
