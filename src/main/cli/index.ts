import { randomBytes } from 'node:crypto';
import { askSecret } from './ask-secret.ts';
import { runCli } from './run-cli.ts';

// A reader that closes early (`| head`) ends us quietly.
process.stdout.on('error', () => process.exit(0));

process.exitCode = await runCli(process.argv.slice(2), {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  nowMs: () => Date.now(),
  monoMs: () => performance.now(),
  randomBytes,
  askSecret: (prompt) => askSecret(prompt),
  env: process.env,
  platform: process.platform,
});
