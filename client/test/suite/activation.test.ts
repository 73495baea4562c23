import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { closeEverything, eventually, example, resolute } from './editor';

/** What the extension says of itself, as far as these tests read it. */
interface Manifest {
  activationEvents: string[];
  contributes: {
    commands: { command: string; title: string; category: string }[];
    configuration: { properties: Record<string, { description?: string; markdownDescription?: string; enum?: string[]; enumDescriptions?: string[] }> };
    menus: Record<string, { command?: string }[]>; // or a submenu
    keybindings: { command: string }[];
    walkthroughs: { steps: { description: string; completionEvents: string[] }[] }[];
  };
  capabilities: { untrustedWorkspaces: { supported: boolean } };
}
const manifest = (): Manifest => resolute().packageJSON as Manifest;
const ours = (names: string[]): string[] => [...new Set(names.filter(name => name.startsWith('resolute.')))].sort();

describe('The extension', () => {
  after(closeEverything);

  it('starts quickly, and not before a resolution is opened', async () => {
    assert.equal(resolute().isActive, false, 'active though nothing was opened');
    const start = performance.now(), before = process.cpuUsage();
    await resolute().activate();
    const took = performance.now() - start, { user, system } = process.cpuUsage(before), busy = (user + system) / 1000;
    console.log(`      loaded and activated in ${took.toFixed(0)} ms, ${busy.toFixed(0)} ms of them on the processor`);
    assert.ok(busy < 150, `${busy.toFixed(0)} ms`); // what else the machine does is not ours
  });

  it('knows a resolution by its file name', async () => {
    assert.ok(manifest().activationEvents.includes('onLanguage:resolution'));
    const { document } = await example('contribution.resolution');
    assert.equal(document.languageId, 'resolution');
  });

  it('registers the commands that it shows, and shows no other', async () => {
    const { commands, menus, keybindings, walkthroughs } = manifest().contributes, shown = ours(commands.map(c => c.command));
    assert.deepEqual(ours(await vscode.commands.getCommands(true)).filter(name => shown.includes(name)), shown);
    const mentioned = [
      ...Object.values(menus).flat().flatMap(entry => entry.command ?? []), ...keybindings.map(entry => entry.command),
      ...walkthroughs.flatMap(w => w.steps).flatMap(step => [...step.description.matchAll(/\(command:([\w.]+)/g)].map(match => match[1]!)),
    ];
    assert.deepEqual(ours(mentioned).filter(name => !shown.includes(name)), []);
    for (const { title, category } of commands) assert.ok(title && category === 'Resolute', title);
  });

  it('explains every setting and every choice in it', () => {
    for (const [name, { description, markdownDescription, enum: choices, enumDescriptions }] of Object.entries(manifest().contributes.configuration.properties)) {
      assert.ok((description ?? markdownDescription ?? '').length > 20, `${name} is not explained`);
      assert.equal(enumDescriptions?.length, choices?.length, `${name}: a choice is not explained`);
      assert.notEqual(vscode.workspace.getConfiguration().inspect(name)?.defaultValue, undefined, `${name} has no default`);
    }
  });

  it('works in a folder that is not trusted: it runs nothing of what is in it', () => {
    assert.equal(manifest().capabilities.untrustedWorkspaces.supported, true);
  });

  it('sets the editor up for prose', async () => {
    const { document } = await example('contribution.resolution'), editor = vscode.workspace.getConfiguration('editor', document);
    assert.deepEqual([editor.get('wordWrap'), editor.get('formatOnType'), editor.get('acceptSuggestionOnEnter')], ['on', true, 'off']);
  });

  it('starts anew on demand, and answers again', async () => {
    const { document } = await example('contribution.resolution');
    const outline = () => vscode.commands.executeCommand<unknown[] | undefined>('vscode.executeDocumentSymbolProvider', document.uri);
    await eventually(outline, symbols => Boolean(symbols?.length));
    await vscode.commands.executeCommand('resolute.restartServer');
    await eventually(outline, symbols => Boolean(symbols?.length));
  });
});
