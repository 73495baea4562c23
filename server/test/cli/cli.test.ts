import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { unzipSync } from 'fflate';
import { version } from '../../../package.json';
import { theProgram } from './program';

describe('resolute', function () {
  this.timeout(60_000);
  const program = theProgram(), { run: resolute, refuses, write: file, read: content } = program;

  const MARKED = 'recalling\na) the {~~old~>new~~} text;\n{++b) more,++}\n';
  const NORMAL = 'recalling\na)\tthe {~~old~>new~~} text;\n{++b)\tmore,++}\n';

  describe('itself', () => {
    it('says what it can do', () => {
      const { status, stdout, stderr } = resolute(['--help']);
      assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
      for (const name of ['check', 'format', 'outline', 'view', 'word', 'lsp']) assert.match(stdout, new RegExp(`^  ${name} +\\S`, 'm'));
      assert.equal(resolute(['help']).stdout, stdout);
    });

    it('says what a command takes', () => {
      const { status, stdout } = resolute(['help', 'check']);
      assert.equal(status, 0);
      assert.match(stdout, /^Usage: resolute check FILE…/);
      assert.match(stdout, /--fail-on/);
      assert.equal(resolute(['check', '--help']).stdout, stdout);
      assert.equal(resolute(['check', '-h', 'nothing.resolution']).stdout, stdout);
    });

    it('knows its version', () => assert.equal(resolute(['--version']).stdout, `${version}\n`));

    it('refuses what it does not know', () => {
      refuses(['frobnicate'], /there is no command “frobnicate”; there are check, format/);
      refuses(['help', 'frobnicate'], /no command/);
      refuses(['--verbose'], /--verbose/);
      refuses(['check', '--verbose', 'x'], /--verbose.*resolute help check/);
      refuses(['check', '--fail-on'], /fail-on/);
      refuses(['check', '--fail-on', 'everything', '-'], /one of error, warning, information, hint, not everything/);
      refuses(['check'], /a file is missing/);
      refuses(['format', 'a', 'b'], /one file is expected, not 2/);
      const { status, stderr } = resolute([]);
      assert.equal(status, 2);
      assert.match(stderr, /^Usage: resolute COMMAND/);
    });

    it('refuses what it cannot read', () => {
      refuses(['check', 'missing.resolution'], /missing\.resolution cannot be read: there is no such file/);
      refuses(['format', '.'], /\. cannot be read: it is a folder/);
      refuses(['outline', file('latin.resolution', new Uint8Array([0x63, 0xe9, 0x0a]))], /latin\.resolution is not a text in UTF-8/);
      refuses(['view', '--final', '-'], /- is a Word file/, new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0xff]));
    });
  });

  describe('format', () => {
    it('prints the normal form', () => {
      assert.deepEqual(resolute(['format', file('a.resolution', MARKED)]), { ...resolute(['format', '-'], MARKED), status: 0, stdout: NORMAL, stderr: '' });
      assert.equal(content('a.resolution'), MARKED);
    });

    it('writes it elsewhere', () => {
      assert.deepEqual(resolute(['format', '-', '-o', 'out.resolution'], MARKED).stdout, '');
      assert.equal(content('out.resolution'), NORMAL);
      refuses(['format', '-', '-o', 'no/such/folder.resolution'], /no\/such\/folder\.resolution cannot be written: there is no such file or folder/, MARKED);
    });

    it('writes to a pipe as it is', () => {
      execFileSync('mkfifo', [path.join(program.folder, 'pipe')]);
      const { stdout } = spawnSync('sh', ['-c', `cat pipe & "${process.execPath}" "${program.file}" format - -o pipe; wait`], { cwd: program.folder, input: MARKED });
      assert.equal(stdout.toString(), NORMAL);
      assert.ok(statSync(path.join(program.folder, 'pipe')).isFIFO());
      refuses(['format', '-', '-o', '.'], /\. cannot be written: it is a folder/, MARKED);
    });

    it('writes it in place, whole or not at all', () => {
      file('place.resolution', `\ufeff${MARKED}`);
      chmodSync(path.join(program.folder, 'place.resolution'), 0o666);
      symlinkSync('place.resolution', path.join(program.folder, 'link.resolution'));
      const before = statSync(path.join(program.folder, 'place.resolution')).ino;
      assert.deepEqual(resolute(['format', '-w', 'link.resolution']).status, 0);
      assert.equal(content('place.resolution'), `\ufeff${NORMAL}`);
      const { mode, ino } = statSync(path.join(program.folder, 'place.resolution'));
      assert.equal(mode & 0o777, 0o666);
      assert.notEqual(ino, before, 'the file was written over instead of replaced');
      assert.deepEqual(readdirSync(program.folder).filter(name => name.endsWith('.tmp')), []);
    });

    it('leaves a file alone that is in normal form', () => {
      file('normal.resolution', NORMAL);
      const before = statSync(path.join(program.folder, 'normal.resolution'));
      assert.equal(resolute(['format', '-w', 'normal.resolution']).status, 0);
      assert.equal(statSync(path.join(program.folder, 'normal.resolution')).ino, before.ino);
    });

    it('refuses to write in place what is no file, or to two places', () => {
      refuses(['format', '-w', '-'], /goes with a file only/, MARKED);
      refuses(['format', '-w', '-o', 'x', file('b.resolution', MARKED)], /goes with no -o/);
    });

    it('tells with --check whether a text is in normal form', () => {
      const { status, stdout } = resolute(['format', '--check', file('c.resolution', MARKED)]);
      assert.equal(status, 1);
      assert.match(stdout, /^c\.resolution:2:3  not in normal form/);
      assert.equal(content('c.resolution'), MARKED);
      assert.deepEqual(resolute(['format', '--check', '-'], NORMAL), { status: 0, stdout: '', stderr: '', bytes: new Uint8Array() });
    });

    it('keeps the byte order mark and the line ends', () =>
      assert.equal(resolute(['format', '-'], '\ufeffrecalling\r\na) one\r\n').stdout, '\ufeffrecalling\r\na)\tone\r\n'));
  });

  describe('view', () => {
    const text = `---\nsponsor: APT\n---\n${NORMAL}`;
    it('prints one view as clean markup', () => {
      assert.equal(resolute(['view', '--original', '-'], text).stdout, '---\nsponsor: APT\n---\nrecalling\na)\tthe old text;\n');
      assert.equal(resolute(['view', '--final', '-'], text).stdout, '---\nsponsor: APT\n---\nrecalling\na)\tthe new text;\nb)\tmore,\n');
    });
    it('wants to know which', () => {
      refuses(['view', '-'], /one of --original and --final/, text);
      refuses(['view', '--original', '--final', '-'], /one of --original and --final/, text);
    });
  });

  describe('outline', () => {
    const text = `MOD\tAPT/37A37/1\nRESOLUTION 98 (Rev. Geneva, 2022)\n\nrecalling\na)\tone;\n{--b)\ttwo;--}\n{~~c~>b~~})\t*three*,\n`;

    it('gives the structure as JSON, lines from 1', () => {
      const { status, stdout } = resolute(['outline', '--json', '-'], text);
      assert.equal(status, 0);
      const [proposal] = JSON.parse(stdout);
      assert.deepEqual({ ...proposal, children: [] }, { kind: 'proposal', name: proposal.name, original: '', final: '', line: 1, children: [] });
      const section = proposal.children[0].children[0];
      assert.equal(section.line, 4);
      assert.deepEqual(section.children, [
        { kind: 'clause', name: 'one;', original: 'a)', final: 'a)', line: 5, children: [] },
        { kind: 'clause', name: 'two;', original: 'b)', final: null, line: 6, children: [] },
        { kind: 'clause', name: 'three,', original: 'c)', final: 'b)', line: 7, children: [] },
      ]);
    });

    it('prints it as a table', () => {
      const lines = resolute(['outline', file('o.resolution', text)]).stdout.split('\n');
      assert.equal(lines.find(line => line.startsWith('o.resolution:4 ')), 'o.resolution:4  section         recalling');
      assert.equal(lines.find(line => line.startsWith('o.resolution:6 ')), 'o.resolution:6  clause            b) (deleted) two;');
      assert.equal(lines.find(line => line.startsWith('o.resolution:7 ')), 'o.resolution:7  clause            c) → b) three,');
    });
  });

  describe('check', () => {
    const wrong = 'recalling\na)\tthe {++open text;\n';

    it('lists what is found with its place', () => {
      const { status, stdout, stderr } = resolute(['check', file('wrong.resolution', wrong), file('right.resolution', NORMAL)]);
      assert.deepEqual({ status, stderr }, { status: 1, stderr: '' });
      assert.match(stdout, /^wrong\.resolution:2:8  error  unclosed-mark  \S.*\n$/);
    });

    it('gives it as JSON: lines and columns from 1, ends exclusive', () => {
      const [finding, ...more] = JSON.parse(resolute(['check', '--json', 'wrong.resolution']).stdout);
      assert.deepEqual(more, []);
      assert.deepEqual(Object.keys(finding), ['file', 'line', 'column', 'endLine', 'endColumn', 'severity', 'code', 'message', 'fixes']);
      assert.deepEqual({ ...finding, message: '', fixes: [] }, { file: 'wrong.resolution', line: 2, column: 8, endLine: 2, endColumn: 11, severity: 'error', code: 'unclosed-mark', message: '', fixes: [] });
      assert.ok(finding.fixes.every((title: unknown) => typeof title === 'string'));
      assert.deepEqual(JSON.parse(resolute(['check', '--json', '-'], NORMAL).stdout), []);
    });

    it('counts columns without the byte order mark', () =>
      assert.equal(JSON.parse(resolute(['check', '--json', '-'], '\ufeffthe {++open text').stdout)[0].column, 5));

    it('fails on what it is told to fail on', () => {
      const hint = '---\ncolour: blue\n---\nThe text.\n';
      assert.equal(resolute(['check', '-'], hint).status, 0);
      assert.equal(resolute(['check', '--fail-on', 'hint', '-'], hint).status, 1);
      assert.equal(resolute(['check', '--fail-on', 'hint', '-'], 'The text.\n').status, 0);
    });
  });

  describe('word', () => {
    it('writes the Word file', () => {
      const { status, stdout } = resolute(['word', '-', '-o', 'out.docx'], NORMAL);
      assert.deepEqual({ status, stdout }, { status: 0, stdout: '' });
      const body = (bytes: Uint8Array) => new TextDecoder().decode(unzipSync(bytes)['word/document.xml']);
      assert.match(body(readFileSync(path.join(program.folder, 'out.docx'))), /<w:del .*old.*<w:ins .*new/);
      const final = body(resolute(['word', '-', '-o', '-', '--view', 'final'], NORMAL).bytes);
      assert.match(final, /new/);
      assert.doesNotMatch(final, /old|<w:ins /);
    });
    it('takes its form from a template, and says where that is none', () => {
      assert.equal(resolute(['word', '-', '-o', 'form.docx'], '---\nsponsor: XMP\n---\nOther words.\n').status, 0);
      const { status, stdout } = resolute(['word', '-', '-o', 'formed.docx', '--template', 'form.docx'], NORMAL);
      assert.deepEqual({ status, stdout }, { status: 0, stdout: '' });
      assert.equal(resolute(['import', 'formed.docx']).stdout, resolute(['import', 'out.docx']).stdout);
      program.write('no.dotx', 'just a text');
      refuses(['word', '-', '-o', 'x.docx', '--template', 'no.dotx'], /no\.dotx cannot be used as a template: The file is no Word document/, NORMAL);
      refuses(['word', '-', '-o', 'x.docx', '--template', 'none.dotx'], /none\.dotx cannot be read: there is no such file/, NORMAL);
    });
    it('wants to know where to and what', () => {
      refuses(['word', '-'], /-o OUT\.docx is missing/, NORMAL);
      refuses(['word', '-', '-o', 'x.docx', '--view', 'clean'], /one of marked, final, original, not clean/, NORMAL);
      assert.ok(!existsSync(path.join(program.folder, 'x.docx')));
    });
  });

  describe('lsp', () => {
    it('speaks over standard input and output', async () => {
      await build({
        entryPoints: [path.join(__dirname, '../../src/node.ts')], outfile: path.join(program.folder, 'program', 'server.js'), bundle: true, logLevel: 'warning',
        platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'],
      });
      const message = (body: object) => { const text = JSON.stringify({ jsonrpc: '2.0', ...body }); return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`; };
      const { status, stdout } = resolute(['lsp', '--stdio'], [
        message({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } }), message({ method: 'initialized', params: {} }),
        message({ id: 2, method: 'shutdown' }), message({ method: 'exit' }),
      ].join(''));
      assert.equal(status, 0);
      assert.match(stdout, /"serverInfo":\{"name":"Resolute"/);
    });
    it('needs to be told how', () => refuses(['lsp'], /lsp needs --stdio/));
  });
});
