import assert from 'node:assert/strict';
import { theProgram } from './program';

describe('resolute, tracked changes', function () {
  this.timeout(60_000);
  const { run, refuses, write: file, read: content } = theProgram();

  /** Runs the command in the test's folder: what it prints. */
  const resolute = (args: readonly string[], input = ''): string => {
    const { status, stdout, stderr } = run(args, input);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    return stdout;
  };

  const TEXT = '---\nsponsor: APT\n---\nMOD\tAPT/1/1\nRESOLUTION 1 (Rev. {~~Geneva, 2022~>New Delhi, 2024~~})\nOn things\n\nresolves\n1\tto {++do++}:\n    a)\tthis {--now--}{@EUR};\n{++2\tto see;++}{@EUR}\n\ninvites Member States\n1\tto {~~join~>take part~~}\n';

  describe('changes', () => {
    it('lists what is proposed, block by block', () => assert.equal(resolute(['changes', file('t.resolution', TEXT)]), [
      't.resolution:5   MOD  +1 −1  APT  RESOLUTION 1 (Rev. New Delhi, 2024)', 't.resolution:9   MOD  +1 −0  APT  resolves 1', 't.resolution:10  MOD  +0 −1  EUR  resolves 1 a)',
      't.resolution:11  ADD  +1 −0  EUR  resolves 2', 't.resolution:14  MOD  +1 −1  APT  invites Member States 1', '',
    ].join('\n')));
    it('gives all blocks as JSON, lines from 1', () => {
      const rows: unknown[] = JSON.parse(resolute(['changes', '--json', '-'], TEXT));
      assert.equal(rows.length, 9);
      assert.deepEqual(rows[0], { kind: 'proposal', address: 'APT/1/1', line: 4, status: 'NOC', authors: [], insertions: 0, deletions: 0 });
      assert.deepEqual(rows[5], { kind: 'clause', address: 'resolves 1 a)', line: 10, status: 'MOD', authors: ['EUR'], insertions: 0, deletions: 1 });
    });
  });

  describe('a clause that moved', () => {
    const MOVED = 'recalling\n{--a)\tthat networks shall serve all countries;--}\nb)\tthe second;\n\nconsidering\n{++a)\tthat networks should serve all countries;++}\n';
    it('is one entry, with where it stood', () => {
      assert.equal(resolute(['changes', '-'], MOVED), '-:6  moved  +1 −1    considering a) (was recalling a), line 2)\n');
      const rows: { status: string }[] = JSON.parse(resolute(['changes', '--json', '-'], MOVED));
      assert.deepEqual(rows.filter(({ status }) => status !== 'NOC'), [{ kind: 'clause', address: 'considering a)', line: 6, status: 'moved', authors: [], insertions: 1, deletions: 1, from: { address: 'recalling a)', line: 2 } }]);
    });
    it('is decided as one', () => assert.equal(resolute(['reject', '--clause', 'considering a)', '-'], MOVED), 'recalling\na)\tthat networks shall serve all countries;\nb)\tthe second;\n\nconsidering\n'));
  });

  describe('accept and reject', () => {
    const marks = (text: string) => (text.match(/\{[+~-][^}]*\}/g) ?? []).length;
    it('decide all', () => {
      assert.equal(resolute(['accept', '-'], TEXT), resolute(['view', '--final', '-'], TEXT));
      assert.equal(resolute(['reject', '-'], TEXT), resolute(['view', '--original', '-'], TEXT));
    });
    it('only those of an author', () => assert.equal(resolute(['reject', '--author', 'EUR', '-'], TEXT), TEXT.replace('{--now--}{@EUR}', 'now').replace('{++2\tto see;++}{@EUR}\n\n', '')));
    it('only in a clause with what is below it', () => assert.equal(resolute(['accept', '--clause', 'resolves 1', '-'], TEXT), TEXT.replace('{++do++}', 'do').replace('this {--now--}{@EUR};', 'this ;')));
    it('only in a section, in a proposal, in a line', () => {
      assert.equal(marks(resolute(['accept', '--clause', 'resolves', '-'], TEXT)), 2);
      assert.equal(marks(resolute(['accept', '--clause', 'apt/1/1 invites  member states', '-'], TEXT)), 4);
      assert.equal(marks(resolute(['accept', '--clause', 'APT/1/1', '-'], TEXT)), 0);
      assert.equal(marks(resolute(['accept', '--line', '10', '-'], TEXT)), 4);
    });
    it('in the file itself', () => {
      file('in.resolution', `\ufeff${TEXT}`);
      assert.equal(resolute(['accept', '-w', 'in.resolution']), '');
      assert.equal(content('in.resolution'), `\ufeff${resolute(['accept', '-'], TEXT)}`);
    });
    it('not without a place that there is, once', () => {
      refuses(['accept', '--clause', 'resolves 7', '-'], /there is no “resolves 7”; resolute changes FILE lists the addresses/, TEXT);
      refuses(['accept', '--line', '70', '-'], /there is no line 70; the text has 15/, TEXT);
      refuses(['accept', '--clause', 'a)', '-'], /“a\)” stands in lines 1, 2; say which with --line/, 'a)\t{++x++}\na)\ty\n');
      refuses(['reject', '-w', '-'], /goes with a file only/, TEXT);
    });
  });

  describe('attribute', () => {
    it('gives them to an author', () => assert.equal(resolute(['attribute', '--author', 'RCC', '--from', 'EUR', '-'], TEXT), TEXT.replaceAll('{@EUR}', '{@RCC}')));
    it('names no one whom the front matter names', () => assert.equal(resolute(['attribute', '--author', 'APT', '-'], TEXT), TEXT.replaceAll('{@EUR}', '')));
    it('makes them anonymous', () => assert.equal(resolute(['attribute', '--anonymous', '-'], '{++a++}{@Asha 2024-09-22}\n'), '{++a++}\n'));
    it('wants to know whose', () => {
      refuses(['attribute', '-'], /one of --author and --anonymous/, TEXT);
      refuses(['attribute', '--author', 'A', '--anonymous', '-'], /one of --author and --anonymous/, TEXT);
    });
  });

  describe('compare', () => {
    const base = 'recalling\na)\tone old text;\nb)\tanother,\n', now = '---\nsponsor: APT\n---\nrecalling\na)\tone new text;\nb)\tanother,\n';
    it('prints the new text with what became of the other', () => {
      assert.equal(resolute(['compare', file('base.resolution', base), '-'], now), now.replace('new', '{~~old~>new~~}'));
      assert.equal(resolute(['compare', '--author', 'EUR', '--date', '2024-09-22', 'base.resolution', '-'], now), now.replace('new', '{~~old~>new~~}{@EUR 2024-09-22}'));
    });
    it('compares two drafts by what they propose', () =>
      assert.equal(resolute(['compare', '--drafts', file('first.resolution', 'the {~~old~>first~~}{@EUR} text\n'), '-'], 'the {~~old~>second~~}{@EUR} text\n'), 'the {~~first~>second~~} text\n'));
    it('wants two texts and a date as it is written', () => {
      refuses(['compare', 'base.resolution'], /two files are expected/);
      refuses(['compare', '-', '-'], /only one of the two/);
      refuses(['compare', '--date', 'today', 'base.resolution', '-'], /a date is written YYYY-MM-DD/, now);
    });
  });

  describe('propose', () => {
    const inForce = 'RESOLUTION 98 (Rev. Geneva, 2022)\nOn things\n(Hammamet, 2016; Geneva, 2022)\n';
    const marked = 'MOD\nRESOLUTION 98 (Rev. {~~Geneva, 2022~>New Delhi, 2024~~})\nOn things\n(Hammamet, 2016; Geneva, 2022{++; New Delhi, 2024++})\n';
    const who = ['--source', 'Member Administrations', '--sponsor', 'APT'];
    it('makes a new proposal of a text in force', () => {
      file('res-98.resolution', inForce);
      assert.equal(resolute(['propose', 'res-98.resolution', '--meeting', 'WTSA-24', ...who]), `---\nmeeting: WTSA-24\nplace: New Delhi\nsource: Member Administrations\nsponsor: APT\nbase: res-98.resolution\n---\n${marked}`);
      assert.equal(resolute(['propose', '-', '--meeting', 'WTSA-28', '--place', 'Town', '--year', '2028', '--date', '2028-09-01', ...who], inForce).split('---\n')[1], 'meeting: WTSA-28\nplace: Town\ndate: 2028-09-01\nsource: Member Administrations\nsponsor: APT\n');
    });
    it('with the identifier that its document gives it, and without a problem', () => {
      for (const [args, identifier] of [[[], ''], [['--document', '37'], '\tAPT/37/1'], [['--document', '37', '--addendum', '37'], '\tAPT/37A37/1']] as const) {
        resolute(['propose', 'res-98.resolution', '--meeting', 'WTSA-24', ...who, ...args, '-o', 'proposal.resolution']);
        assert.ok(content('proposal.resolution').includes(`\nMOD${identifier}\nRESOLUTION 98`), content('proposal.resolution'));
        assert.doesNotMatch(resolute(['check', 'proposal.resolution']), /error|warning/);
      }
    });
    it('and of a Word file', () => {
      resolute(['word', 'res-98.resolution', '-o', 'res-98.docx']);
      assert.equal(resolute(['propose', 'res-98.docx', '--meeting', 'WTSA-24', ...who]), `---\nmeeting: WTSA-24\nplace: New Delhi\nsource: Member Administrations\nsponsor: APT\nbase: res-98.docx\n---\n${marked}`);
      refuses(['propose', file('broken.docx', 'no Word file'), '--meeting', 'WTSA-24', ...who], /^resolute: broken\.docx: /);
    });
    it('wants to know for what and by whom', () => {
      refuses(['propose', 'res-98.resolution', ...who], /--meeting is missing/);
      refuses(['propose', 'res-98.resolution', '--meeting', 'WTSA-28', ...who], /--place is missing/);
      refuses(['propose', 'res-98.resolution', '--meeting', 'WTSA-24', '--source', 'x'], /--sponsor is missing/);
      refuses(['propose', 'res-98.resolution', '--meeting', 'WTSA-24', ...who, '--addendum', '3'], /--addendum goes with --document/);
      refuses(['propose', 'res-98.resolution', '--meeting', 'WTSA-24', ...who, '--document', 'x'], /--document is a number such as 37, not x/);
      refuses(['propose', '-', '--meeting', 'WTSA-24', ...who], /- holds no resolution that could be modified/, 'text\n');
    });
  });
});
