/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { closeBrowser, stage, type Stage } from './browser';
import { long, proposal, raw } from './sample';

/** 1440 twips are an inch, 96 pixels. */
const px = (twips: number): number => twips / 15;

describe('The Word page', function () {
  this.timeout(60_000);
  let it_: Stage;
  const open = async (): Promise<Stage> => it_ = await stage();
  afterEach(() => it_.close());
  after(closeBrowser);

  const text = (selector: string): Promise<string[]> => it_.page.$$eval(selector, list => list.map(e => (e.textContent ?? '').trim()));
  const view = async (name: string): Promise<void> => {
    await it_.page.click(`[data-view=${name}]`);
    await it_.page.waitForSelector(`body[data-shown=${name}]`);
  };
  const body = (): Promise<string[]> => text('.body [data-block]');
  /** Where the words stand on their sheet, in pixels of the paper at its own size, whatever the zoom. */
  const at = (words: string, end = false): Promise<{ x: number; y: number; sheet: number }> => it_.page.evaluate(([words, end]) => {
    for (const [sheet, paper] of [...document.querySelectorAll<HTMLElement>('.paper')].entries()) {
      const texts = document.createTreeWalker(paper, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const start = node.textContent!.indexOf(words);
        if (start < 0) continue;
        const range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, start + words.length);
        const box = range.getBoundingClientRect(), paperBox = paper.getBoundingClientRect(), scale = paperBox.width / paper.offsetWidth;
        return { x: ((end ? box.right : box.left) - paperBox.left) / scale, y: (box.top - paperBox.top) / scale, sheet };
      }
    }
    throw new Error(`"${words}" is on no page`);
  }, [words, end] as const);
  const near = (actual: number, expected: number, what: string): void => assert.ok(Math.abs(actual - expected) < 1.5, `${what}: ${actual}, not ${expected}`);

  describe('as paper', () => {
    beforeEach(async () => { await (await open()).show(await proposal()); });

    it('is cut into pages of their own size, the annex in landscape', async () => {
      const sizes = await it_.page.$$eval('.paper', list => list.map(e => [(e as HTMLElement).offsetWidth, (e as HTMLElement).offsetHeight]));
      assert.deepEqual(sizes, [...Array(5).fill([794, 1123]), [1123, 794], [1123, 794]]);
      assert.deepEqual([(await at('A wide page')).sheet, (await at('Before the break')).sheet, (await at('after the break')).sheet], [5, 5, 6]);
    });

    it('has headers with its own numbers, and another one on the first page', async () => {
      assert.deepEqual((await text('.header')).slice(0, 3), ['First page', '– 2 –WTSA24/37-E', '– 3 –WTSA24/37-E']);
      assert.deepEqual((await text('.footer')).slice(0, 2), ['of 7', 'of 7']);
    });

    it('puts each footnote at the foot of the page that cites it', async () => {
      for (const [citing, note] of [['Plenipotentiary Conference', 'The first note'], ['12\t', 'The second note'], ['25\t', 'The third note']] as const) {
        const citation = await at(citing.trim()), foot = await at(note);
        assert.equal(foot.sheet, citation.sheet, note);
        assert.ok(foot.y > citation.y);
      }
      const overlap = await it_.page.$$eval('.paper', papers => papers.some(paper => {
        const body = paper.querySelector('.body')?.getBoundingClientRect(), notes = paper.querySelector('.footnotes')?.getBoundingClientRect();
        return body && notes && body.bottom > notes.top + 1;
      }));
      assert.equal(overlap, false);
      assert.deepEqual(await text('.body .footnote'), ['1', '2', '3']);
    });

    it('leaves no line of a paragraph alone and nothing below the margin', async () => {
      const bottoms = await it_.page.$$eval('.paper', papers => papers.map(paper => {
        const scale = paper.getBoundingClientRect().height / (paper as HTMLElement).offsetHeight;
        return (paper.querySelector('.body')!.getBoundingClientRect().bottom - paper.getBoundingClientRect().bottom) / scale;
      }));
      assert.ok(bottoms.every(b => b <= -px(1134) + 1), String(bottoms));
      const parts = await it_.page.$$eval('.body p[data-block]', list => list.filter(p => list.filter(q => (q as HTMLElement).dataset['block'] === (p as HTMLElement).dataset['block']).length > 1)
        .map(p => p.getBoundingClientRect().height / p.closest('.paper')!.getBoundingClientRect().height * 1123));
      assert.ok(parts.length >= 2, 'a paragraph goes over a page');
      assert.ok(parts.every(height => height > 30), `two lines or more: ${parts}`);
    });

    it('repeats the head of a table', async () => {
      assert.deepEqual((await text('tr.repeats')), ['TitleNumber', 'TitleNumber']);
      assert.equal((await at('Row 1')).sheet + 1, (await at('Row 40')).sheet);
      assert.equal((await text('table tr')).length, 42);
    });

    it('sets tabs where the styles say', async () => {
      const left = px(1134);
      near((await at('Resolution 197')).x, left + px(794), 'the text of a clause');
      near((await at('a)')).x, left, 'its label');
      near((await at('i)')).x, left + px(1191), 'the label of a subclause, to which a hanging indent leads');
      const lines = await it_.page.$eval('[data-block="3"]', e => [...new Set([...e.querySelectorAll('span')].flatMap(s => [...s.getClientRects()]).map(r => Math.round(r.left - e.getBoundingClientRect().left)))]);
      assert.ok(lines.includes(0), `wrapped lines start at the indentation: ${lines}`);
      near((await at('Signed', true)).x, left + px(9639), 'what a right tab pushes');
    });

    it('gives every author a colour, underlines what is new, strikes what goes', async () => {
      const looks = await it_.page.$$eval('.body .change', list => list.map(e => {
        const style = getComputedStyle(e.querySelector('span') ?? e);
        return { words: e.textContent, title: (e as HTMLElement).title, colour: style.color, line: getComputedStyle(e).textDecorationLine };
      }));
      const find = (words: string): typeof looks[number] => looks.find(l => l.words?.startsWith(words))!;
      assert.equal(find('New Delhi').line, 'underline');
      assert.equal(find('Geneva').line, 'line-through');
      assert.equal(find('New Delhi').colour, find('Geneva').colour);
      assert.notEqual(find('New Delhi').colour, find('x) a whole').colour);
      assert.equal(find('New Delhi').title, 'Inserted by APT, 22 September 2024');
      assert.equal(find('x) a whole').title, 'Deleted by EUR, 30 September 2024');
      assert.deepEqual(await text('#authors span'), ['APT', 'EUR']);
    });

    it('shows inserted and deleted paragraph ends and rows, and a bar beside what changes', async () => {
      assert.deepEqual(await text('ins.whole-paragraph'), ['¶']);
      assert.deepEqual(await text('del.whole-paragraph'), ['¶', '¶']);
      assert.deepEqual(await text('tr.change:not(.deleted)'), ['Row 33']);
      assert.deepEqual(await text('tr.change.deleted'), ['Row 55']);
      const bars = await it_.page.$$eval('[data-block]', list => list.slice(0, 5).map(e => e.querySelectorAll('.bar').length));
      assert.deepEqual(bars, [1, 1, 0, 0, 1]);
      const gap = await it_.page.$eval('.bar', e => e.getBoundingClientRect().left - e.closest('.body')!.getBoundingClientRect().left);
      assert.ok(gap < -10, 'it stands in the margin');
    });

    it('keeps the hyphen that does not break', async () => {
      assert.ok((await body()).some(t => t.includes('Recommendation ITU\u2011T Y.4000')));
    });

    it('shows a comment in the margin beside its text', async () => {
      assert.deepEqual(await text('.remark'), ['EURIs this still the name?']);
      const about = await it_.page.$eval('.comment', e => e.getBoundingClientRect().top), remark = await it_.page.$eval('.remark', e => e.getBoundingClientRect().top);
      near(remark, about, 'its height');
    });

    it('shows the text with all changes accepted, and with all rejected', async () => {
      await view('final');
      assert.deepEqual((await body()).slice(0, 7).map(t => t.replace('\t', ' ').slice(0, 60)), [
        'Resolution 98 (Rev. New Delhi, 2024)', 'A title of the right length for sensors and sustainable citi', 'recalling',
        'a) Resolution 197 (Rev. Dubai, 2018) of the Plenipotentiary ', 'b) a whole new paragraph;', 'c) Recommendation ITU\u2011T Y.4000,', 'This line goes on with this one.']);
      assert.equal((await text('table tr')).filter(t => t === 'Row 55').length, 0);
      assert.equal((await text('.change, .bar, .remark, .comment')).length, 0);
      await view('original');
      const original = (await body()).map(t => t.replace('\t', ' '));
      assert.deepEqual(original.slice(0, 2), ['Resolution 98 (Rev. Geneva, 2022)', 'A title of the right length for sensors and cities']);
      assert.equal(original[4], 'x) a whole paragraph that goes;');
      assert.ok(original[5]!.startsWith('b) Recommendation ITU\u2011T Y.4000, that the members'));
      assert.deepEqual(original.slice(6, 8), ['This line goes on', 'with this one.']);
      assert.equal((await text('table tr')).filter(t => t === 'Row 33').length, 0);
      assert.deepEqual(await it_.page.$$eval('[data-view]', list => list.map(e => e.getAttribute('aria-pressed'))), ['false', 'false', 'true']);
    });

    it('switches the view from the keyboard', async () => {
      await it_.page.focus('[data-view=final]');
      await it_.page.keyboard.press('Enter');
      await it_.page.waitForSelector('body[data-shown=final]');
    });

    it('is as wide as the panel, and grows without breaking lines anew', async () => {
      const ends = (): Promise<string[]> => it_.page.$$eval('.body', list => list.map(e => (e as HTMLElement).innerText));
      const before = await ends(), width = (): Promise<number> => it_.page.$eval('.sheet', e => e.getBoundingClientRect().width);
      const fitted = await width();
      assert.ok(fitted <= 900);
      await it_.page.mouse.move(400, 500);
      await it_.page.keyboard.down('Control');
      await it_.page.mouse.wheel(0, -100);
      await it_.page.keyboard.up('Control');
      await it_.page.waitForFunction(w => document.querySelector('.sheet')!.getBoundingClientRect().width > w + 5, fitted);
      assert.deepEqual(await ends(), before);
      await it_.page.click('[data-zoom=fit]');
      near(await width(), fitted, 'the width after "Fit"');
    });

    it('stays white in a dark window', async () => {
      await it_.page.evaluate(() => document.documentElement.style.setProperty('--vscode-editor-background', 'rgb(20, 20, 20)'));
      assert.deepEqual(await it_.page.evaluate(() => [document.body, document.querySelector('.paper')!].map(e => getComputedStyle(e).backgroundColor)), ['rgb(20, 20, 20)', 'rgb(255, 255, 255)']);
    });
  });

  describe('reads what Word can write', () => {
    const run = (words: string): string => `<w:r><w:t xml:space="preserve">${words}</w:t></w:r>`;
    const by = (id: number, who = 'APT'): string => `w:id="${id}" w:author="${who}" w:date="2024-01-02T00:00:00Z"`;
    const paragraph = (content: string, mark = ''): string => `<w:p><w:pPr><w:rPr>${mark}</w:rPr></w:pPr>${content}</w:p>`;
    const cases: { name: string; body: string; markup: string[]; final: string[]; original: string[] }[] = [
      {
        name: 'a deletion inside an insertion', body: paragraph(`<w:ins ${by(1)}>${run('new ')}<w:del ${by(2, 'EUR')}><w:r><w:delText>but not so </w:delText></w:r></w:del></w:ins>${run('text')}`),
        markup: ['new but not so text'], final: ['new text'], original: ['text'],
      },
      {
        name: 'moved text', body: paragraph(`<w:moveFrom ${by(1)}>${run('Over there. ')}</w:moveFrom>${run('Here. ')}<w:moveTo ${by(2)}>${run('Over there.')}</w:moveTo>`),
        markup: ['Over there. Here. Over there.'], final: ['Here. Over there.'], original: ['Over there. Here.'],
      },
      {
        name: 'changes inside links and content controls', body: paragraph(`<w:hyperlink w:anchor="x">${run('a ')}<w:ins ${by(1)}>${run('linked ')}</w:ins></w:hyperlink><w:sdt><w:sdtContent>${run('word')}</w:sdtContent></w:sdt>`),
        markup: ['a linked word'], final: ['a linked word'], original: ['a word'],
      },
      {
        name: 'a chain of inserted paragraph ends', body: paragraph(run('one '), `<w:ins ${by(1)}/>`) + paragraph(run('two '), `<w:ins ${by(2)}/>`) + paragraph(run('three')),
        markup: ['one ¶', 'two ¶', 'three'], final: ['one', 'two', 'three'], original: ['one two three'],
      },
      {
        name: 'an inserted paragraph before a table', body: paragraph(`<w:ins ${by(1)}>${run('new')}</w:ins>`, `<w:ins ${by(2)}/>`) + `<w:tbl><w:tr><w:tc>${paragraph(run('cell'))}</w:tc></w:tr></w:tbl>` + paragraph(run('end')),
        markup: ['new¶', 'cell', 'end'], final: ['new', 'cell', 'end'], original: ['cell', 'end'],
      },
    ];
    for (const { name, body: xml, ...expected } of cases) {
      it(name, async () => {
        await (await open()).show(raw(xml));
        for (const which of ['final', 'original', 'markup'] as const) {
          await view(which);
          assert.deepEqual(await body(), expected[which], which);
        }
      });
    }

    it('moved text looks moved, at both ends', async () => {
      await (await open()).show(raw(cases[1]!.body));
      assert.deepEqual(await it_.page.$$eval('.change', list => list.map(e => [e.tagName, (e as HTMLElement).title, getComputedStyle(e).textDecorationStyle])), [
        ['DEL', 'Moved away by APT, 2 January 2024', 'double'], ['INS', 'Moved here by APT, 2 January 2024', 'double']]);
    });

    const corpus = '../shared/corpus/word';
    for (const file of existsSync(corpus) ? readdirSync(corpus) : []) {
      it(`no word of ${file} is lost`, async () => {
        await open();
        const docx = new Uint8Array(readFileSync(`${corpus}/${file}`));
        await it_.show({ docx, lines: [] });
        const words = (await import('fflate')).strFromU8((await import('fflate')).unzipSync(docx)['word/document.xml']!)
          .replace(/<mc:AlternateContent>.*?<\/mc:AlternateContent>|<w:pict[ >].*?<\/w:pict>|<w:instrText.*?<\/w:instrText>/gs, '').match(/<w:t[ >][^<]*/g)!.map(t => t.replace(/^[^>]*>/, '').trim());
        const shown = (await it_.page.$$eval('.body', list => list.map(e => e.textContent).join(''))).replace(/\s/g, '');
        const lost = words.filter(w => w && !shown.includes(w.replace(/&amp;/g, '&').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/\s/g, '')));
        assert.deepEqual(lost, []);
      });
    }
    if (!existsSync(corpus)) console.log('      The real texts are not here (../shared/corpus/word): they are left out.');
  });

  describe('with the editor', () => {
    it('tells the line of what is clicked, or of the paragraph on which Enter is pressed', async () => {
      await (await open()).show(await proposal());
      await it_.page.click('text=a whole new paragraph');
      await it_.page.click('.footnotes p');
      await it_.page.click('.remark');
      await it_.page.focus('[data-block="2"]');
      await it_.page.keyboard.press('ArrowDown');
      await it_.page.keyboard.press('Enter');
      assert.deepEqual((await it_.said()).slice(1), [14, 13, 20, 13].map(line => ({ type: 'reveal', line })));
    });

    it('tells the row of a table', async () => {
      await (await open()).show(await proposal());
      const first = (await it_.page.$$('tr')).length;
      assert.ok(first > 40);
      await it_.page.click('tr:has-text("Row 20") td');
      const said = (await it_.said()).at(-1) as { line: number };
      const table = 10 + 13 + 30; // the line where the table starts
      assert.ok(Math.abs(said.line - (table + 20)) <= 1, `row 20 is about line ${table + 20}, not ${said.line}`);
    });

    it('follows the cursor, but not while the reader scrolls', async () => {
      await (await open()).show(await long(300));
      const top = (): Promise<number> => it_.page.$eval('#desk', e => e.scrollTop);
      await it_.say({ type: 'cursor', line: 150, follow: true });
      await it_.page.waitForFunction(() => { const box = document.querySelector('.current')?.getBoundingClientRect(); return box && box.top > 0 && box.bottom < innerHeight; });
      assert.match((await text('.current'))[0]!, /^151\tClause 151:/);
      await it_.page.waitForTimeout(700);
      await it_.page.mouse.move(400, 500);
      await it_.page.mouse.wheel(0, 3000);
      await it_.page.waitForTimeout(100);
      const scrolled = await top();
      await it_.say({ type: 'cursor', line: 151, follow: true });
      await it_.page.waitForTimeout(300);
      assert.equal(await top(), scrolled);
      await it_.page.waitForTimeout(500);
      await it_.say({ type: 'cursor', line: 3, follow: true });
      await it_.page.waitForFunction(before => document.querySelector('#desk')!.scrollTop < before / 4, scrolled);
    });

    it('keeps its place and its pages when the text changes elsewhere', async () => {
      await (await open()).show(await long(300));
      await it_.page.$eval('#desk', e => { e.scrollTop = 9000; });
      const see = (): Promise<{ words: string; y: number }> => it_.page.evaluate(() => {
        const desk = document.querySelector('#desk')!.getBoundingClientRect();
        const e = [...document.querySelectorAll('.body > *')].find(e => e.getBoundingClientRect().top > desk.top)!;
        return { words: e.textContent!, y: e.getBoundingClientRect().top };
      });
      const before = await see();
      await it_.page.evaluate(() => {
        for (const sheet of document.querySelectorAll<HTMLElement>('.sheet')) sheet.dataset['old'] = '';
        const least = { sheets: Infinity };
        Object.assign(globalThis, { least });
        new MutationObserver(() => { least.sheets = Math.min(least.sheets, document.querySelectorAll('.sheet').length); }).observe(document.querySelector('#sheets')!, { childList: true });
      });
      await it_.show(await long(300, { changed: [1] }));
      const after = await see();
      assert.equal(after.words, before.words);
      near(after.y, before.y, 'its height in the window');
      await it_.show(await long(300, { changed: [1], extra: 12 }));
      const later = await it_.page.evaluate(words => [...document.querySelectorAll('.body > *')].filter(e => e.textContent === words).map(e => e.getBoundingClientRect().top), before.words);
      assert.ok(later.some(y => Math.abs(y - before.y) < 1.5), `${later} and before ${before.y}`);
      assert.ok(await it_.page.evaluate(() => (globalThis as unknown as { least: { sheets: number } }).least.sheets > 20), 'the desk never was empty');
    });

    it('draws only the pages that changed', async () => {
      await (await open()).show(await long(300));
      await it_.page.$$eval('.sheet', list => { for (const e of list) (e as HTMLElement).dataset['old'] = ''; });
      await it_.show(await long(300, { changed: [150] }));
      const [old, all] = await it_.page.evaluate(() => [document.querySelectorAll('.sheet[data-old]').length, document.querySelectorAll('.sheet').length]);
      assert.ok(old! > all! / 3, `${old} of ${all} stayed`);
      assert.ok((await body()).some(t => t.includes('Clause 151 reads otherwise now')));
    });

    it('looks at the same clause in every view', async () => {
      await (await open()).show(await long(300));
      await it_.say({ type: 'cursor', line: 200, follow: true });
      await it_.page.waitForFunction(() => { const y = document.querySelector('.current')!.getBoundingClientRect().top; return y > 0 && y < innerHeight - 200; });
      await it_.page.waitForTimeout(1000); // until it stands still
      const y = (): Promise<number> => it_.page.$eval('.current', e => e.getBoundingClientRect().top);
      const before = await y();
      for (const which of ['final', 'original', 'markup']) {
        await view(which);
        near(await y(), before, which);
      }
    });

    it('says what went wrong above the last good page', async () => {
      await (await open()).show(await proposal());
      await it_.say({ type: 'failed', message: 'the text in force cannot be read' });
      await it_.page.waitForSelector('#band.failed:not([hidden])');
      assert.deepEqual(await text('#band'), ['The page could not be drawn: the text in force cannot be read']);
      await it_.say({ type: 'word', version: 9, docx: new Uint8Array([1, 2, 3]), lines: [] });
      await it_.page.waitForFunction(() => !document.querySelector('#band')!.textContent!.includes('in force'));
      assert.match((await text('#band'))[0]!, /^The page could not be drawn: ./);
      assert.equal((await text('.sheet')).length, 7);
      await view('final');
      assert.equal(await it_.page.isVisible('#band'), true, 'it still is so in another view');
      await it_.show(await proposal(), 10);
      assert.equal(await it_.page.isHidden('#band'), true);
    });

    it('passes on what the Word file cannot hold', async () => {
      await open();
      await it_.say({ type: 'word', version: 1, ...await long(3), problems: ['Line 3: a table inside a table was left out.'] });
      await it_.page.waitForSelector('#band:not([hidden]):not(.failed)');
      assert.deepEqual(await text('#band'), ['Line 3: a table inside a table was left out.']);
    });

    it('shows the newest of several files', async () => {
      await open();
      const files = await Promise.all([1, 2, 3, 4].map(n => long(n)));
      for (const [i, file] of files.entries()) await it_.say({ type: 'word', version: i + 1, ...file });
      await it_.page.waitForSelector('body[data-version="4"]');
      assert.equal((await body()).length, 4);
    });

    it('draws two hundred pages in a few seconds and a small change in less', async () => {
      await open();
      const first = await it_.show(await long(2050)), again = await it_.show(await long(2050, { changed: [1000] }));
      console.log(`      ${(await text('.paper')).length} pages: ${Math.round(first)} ms, after a small change ${Math.round(again)} ms`);
      assert.ok((await text('.paper')).length >= 195);
      assert.ok(first < 8000 && again < 3000, 'far too slow, even on a busy machine');
    });
  });
});
