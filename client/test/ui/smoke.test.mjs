// @ts-check
import { after, before, describe, it } from 'mocha';
import { openWorkbench } from '../host/workbench.mjs';

describe('The packaged extension', () => {
  /** @type {Awaited<ReturnType<typeof openWorkbench>>} */
  let editor;
  before(async function () {
    this.timeout(60_000);
    editor = await openWorkbench({ file: 'contribution.resolution' });
  });
  after(() => editor?.close());

  it('knows a resolution by its file name', async () => {
    await editor.page.locator('[id="status.editor.mode"]', { hasText: /resolution/i }).waitFor();
  });
});
