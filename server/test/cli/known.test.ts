import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';
import { theProgram } from './program';

describe('resolute cite and resolute catalogue', function () {
  this.timeout(60_000);
  const program = theProgram(), { write, read } = program;

  const resolute = (...args: string[]) => { const { status, stdout, stderr } = program.run(args); return { status, stdout, stderr }; };
  const record = (number: string, title: string) => `---\ntitle:\n- language: en\n  content: ${title}\ndocidentifier:\n- content: ITU-T ${number} (01/2020)\n  primary: true\nstatus:\n  stage:\n    content: Published\nrelation: []\n`;

  it('cites Recommendations and resolutions as ITU writes them', () => {
    assert.deepEqual(resolute('cite', 'Y.4900', 'PP 197', 'ITU-R 66-1', 'ITU-T Y.2060'), { status: 0, stderr: '', stdout: [
      'Recommendation ITU-T Y.4900, on overview of key performance indicators in smart sustainable cities',
      'Resolution 197 (Rev. Bucharest, 2022) of the Plenipotentiary Conference, on facilitating the Internet of things and smart sustainable cities and communities',
      'Resolution ITU-R 66-2 (Rev. Dubai, 2023) of the Radiocommunication Assembly, on studies related to wireless systems and applications for the development of the Internet of Things',
      'Recommendation ITU-T Y.4000, on overview of the Internet of things', ''].join('\n') });
  });

  it('says with 1 that something is not known', () => {
    const { status, stdout, stderr } = resolute('cite', 'Y.4900', 'Y.99999');
    assert.deepEqual({ status, stderr }, { status: 1, stderr: 'resolute: not in the catalogue: Y.99999\n' });
    assert.match(stdout, /^Recommendation ITU-T Y\.4900/);
    assert.equal(resolute('cite').status, 2);
  });

  it('gives JSON', () => {
    const [recommendation, resolution] = JSON.parse(resolute('cite', 'Y.4000', 'PP 197', '--json').stdout) as Record<string, unknown>[];
    assert.deepEqual([recommendation!.number, recommendation!.otherNumbers, recommendation!.edition], ['Y.4000', ['Y.2060'], '06/2012']);
    assert.deepEqual(resolution!.revisions, ['197 (Busan, 2014)', '197 (Rev. Dubai, 2018)', '197 (Rev. Bucharest, 2022)']);
    for (const field of ['number', 'title', 'edition', 'status', 'otherNumbers', 'revisions', 'successor', 'source']) assert.ok(field in recommendation! && field in resolution!, field);
  });

  it('searches by words and shows what there is', () => {
    assert.match(resolute('catalogue', 'search', 'overview', 'key', 'performance').stdout, /^Y\.4900 +06\/2016 +Overview of key performance indicators/m);
    assert.match(resolute('catalogue', 'show', 'Y.4000').stdout, /^title +Overview of the Internet of things$/m);
    assert.match(resolute('catalogue', 'show', 'Internet of things').stdout, /^clause +3\.2\.2$/m);
    assert.match(resolute('catalogue', 'show', 'WTSA').stdout, /World Telecommunication Standardization Assembly/);
    assert.equal(resolute('catalogue', 'show', 'nothing').status, 2);
  });

  it('imports records from a folder or an archive, and then knows them', () => {
    mkdirSync(path.join(program.folder, 'data'));
    write('data/itu-t-z-9001-01-2020.yaml', record('Z.9001/Y.9002', 'Invented things'));
    write('data/itu-r-1.yaml', 'other');
    const { status, stdout } = resolute('catalogue', 'import', 'data');
    assert.equal(status, 0);
    assert.match(stdout, /"number":"Z\.9001","also":\["Y\.9002"\],"title":"Invented things"/);
    write('data.zip', zipSync({ 'relaton/data/itu-t-z-9001-01-2020.yaml': new TextEncoder().encode(record('Z.9001/Y.9002', 'Invented things')) }));
    assert.equal(resolute('catalogue', 'import', 'data.zip', '-o', 'own.catalogue.json').status, 0);
    assert.equal(read('own.catalogue.json'), stdout);
    assert.equal(resolute('cite', 'Y.9002', '--catalogue', 'own.catalogue.json').stdout, 'Recommendation ITU-T Z.9001, on invented things\n');
    assert.deepEqual(resolute('catalogue', 'validate', 'own.catalogue.json'), { status: 0, stdout: '', stderr: '' });
    assert.equal(resolute('catalogue', 'import', 'program.js').status, 2);
  });

  it('says what is wrong with a catalogue', () => {
    write('wrong.catalogue.json', '{"recommendations":[{"number":"Y.1"}]}');
    assert.deepEqual(resolute('catalogue', 'validate', 'wrong.catalogue.json'), { status: 1, stderr: '', stdout: 'wrong.catalogue.json  recommendations[0].title   this is missing\nwrong.catalogue.json  recommendations[0].source  this is missing\n' });
    assert.match(resolute('catalogue', 'wrong').stderr, /search, show, import or validate, not by “wrong”/);
  });
});
