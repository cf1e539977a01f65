/**
 * `kaodian COMMAND ...`: what a site, a centre or a third party does without a desk. Needs a Node that reads TypeScript
 * (22.18 or newer); `electron/launch.mjs` finds one when the system's is older. Exit codes: `cli/exit-code.ts`.
 */
import { EXIT } from './cli/exit-code.ts';
import { runCommand } from './cli/run-command.ts';
import { chooseAead } from './vault/age/age.ts';

// A reader that closed its end early (`| head`) has not seen the answer: that must not look like a good one.
process.stdout.on('error', () => process.exit(EXIT.failed));
chooseAead()
  .then(() => runCommand(process.argv.slice(2), process))
  .then(
    // Exits by itself: inside Electron nothing else would end the process. First everything is written out.
    (code) => process.stdout.write('', () => process.exit(code)),
    (defect) => {
      console.error(defect);
      process.exit(EXIT.defect);
    },
  );
