import { aptInstall, isDebianRoot } from './debian.mjs';
import { runProgram } from './run-program.mjs';
import { say } from './say.mjs';

const PACKAGES = ['libusb-1.0-0', 'libudev1'];

/**
 * Whether node-hid can be loaded. Its Linux binary needs libusb-1.0 and libudev when it is first
 * used, also in the hidraw build, and fails with ERR_DLOPEN_FAILED without them.
 * @param {string} node
 */
async function loads(node) {
  const end = await runProgram(node, ['-e', "require('node-hid').devices()"], {
    timeoutMs: 20_000,
  });
  return end.code === 0 || !/ERR_DLOPEN_FAILED|cannot open shared object/.test(end.output);
}

/**
 * Makes sure that badge readers on USB can be used. Their absence never stops the console.
 * @param {string} node path of Node 24
 */
export async function ensureHid(node) {
  if (process.platform !== 'linux' || (await loads(node))) return;
  if (isDebianRoot()) {
    const failure = await aptInstall(PACKAGES);
    if (failure === undefined && (await loads(node))) return;
    if (failure) say(failure);
  }
  say(
    'USB badge readers are off: libusb-1.0 and libudev are missing. Install them with ' +
      `"sudo apt-get install ${PACKAGES.join(' ')}" (or your system's packages of these names)`,
  );
}
