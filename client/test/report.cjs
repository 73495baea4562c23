// Mocha's own report on the screen, and the totals in the file that RESOLUTE_REPORT names: written last of all, so that a run which was
// killed, or ended itself early, leaves none and cannot pass for a good one.
const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

module.exports = class Report extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const { passes: passed, failures: failed, pending: skipped } = runner.stats;
      if (process.env.RESOLUTE_REPORT) writeFileSync(process.env.RESOLUTE_REPORT, JSON.stringify({ passed, failed, skipped }));
    });
  }
};
