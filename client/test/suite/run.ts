import { readdirSync } from 'node:fs';
import path from 'node:path';

/** Runs the tests that lie beside this file; called by VS Code inside the extension host. Throws when one fails. */
export async function run(): Promise<void> {
  // Loaded when it is needed: Mocha is an ES module, and what VS Code loads is not.
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ reporter: process.env.RESOLUTE_REPORTER, timeout: 20_000 });
  for (const file of readdirSync(__dirname).filter(f => f.endsWith('.test.js')).sort()) mocha.addFile(path.join(__dirname, file));
  await new Promise<void>((resolve, reject) => {
    mocha.run(failures => failures ? reject(new Error(`${failures} failed`)) : resolve());
  });
}
