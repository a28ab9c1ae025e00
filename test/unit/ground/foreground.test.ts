import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

/** A program that says `up`, then tells each signal and ends with 7 at the first. */
const program = `
  for (const name of ['SIGINT', 'SIGTERM']) {
    process.on(name, () => { console.log(name); process.exit(7); });
  }
  setInterval(() => {}, 1000);
  console.log('up');
`;

const module = new URL('../../../scripts/foreground.mjs', import.meta.url).href;

/** Arguments for a Node that runs the code in the foreground of another one. */
function wrapped(code: string): string[] {
  const wrapper = `
    import { runInForeground } from ${JSON.stringify(module)};
    process.exitCode = await runInForeground(process.execPath, ['-e', ${JSON.stringify(code)}]);
  `;
  return ['--input-type=module', '-e', wrapper];
}

function start(args: string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
}

/** Everything the child prints, and its end; `onUp` is called once it says `up`. */
async function follow(child: ChildProcess, onUp: () => void = () => {}) {
  let printed = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    if (text.includes('up')) onUp();
  });
  const [code] = await once(child, 'close');
  return { printed: printed.trim().split('\n'), code };
}

test("the program's exit code becomes ours", async () => {
  expect(await follow(start(wrapped('process.exit(3)')))).toMatchObject({ code: 3 });
  const killed = await follow(start(wrapped("process.kill(process.pid, 'SIGKILL')")));
  expect(killed.code).toBe(128 + 9);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s is passed on, and we outlive the program',
  async (name) => {
    const child = start(wrapped(program));
    const end = await follow(child, () => child.kill(name));
    expect(end).toEqual({ printed: ['up', name], code: 7 });
  },
);

test('when npm is killed outright the program is asked to end', async () => {
  const npm = `
    const { spawn } = require('node:child_process');
    spawn(process.execPath, ${JSON.stringify(wrapped(program))}, { stdio: 'inherit' });
  `;
  const child = start(['-e', npm], { npm_lifecycle_event: 'start' });
  const end = await follow(child, () => child.kill('SIGKILL'));
  expect(end.printed).toEqual(['up', 'SIGTERM']);
});
