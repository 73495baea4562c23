import { existsSync } from 'node:fs';
import path from 'node:path';
import { Failure, type Command } from './command';

export const lsp: Command = {
  name: 'lsp',
  usage: '--stdio',
  about: 'Run the language server, for an editor.',
  options: { stdio: { type: 'boolean', about: '--stdio: speak over standard input and output' } },
  async run(_, options) {
    if (!options.stdio) throw new Failure('lsp needs --stdio: the server speaks over standard input and output');
    const server = path.join(__dirname, 'server.js');
    if (!existsSync(server)) throw new Failure(`the language server is not there: ${server}`);
    // The server is a bundle of its own, which starts when it is loaded, and ends the process itself.
    require(server);
    return 0;
  },
};
