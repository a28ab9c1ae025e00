import { toChromium, toShell } from './addresses.ts';
import { downloadsPath } from './profile-paths.ts';
import { cdp, needsReady, needsUnready, state } from './state.ts';
import { misuse, onlyKnown, StrictEmitter, strict } from './strict.ts';

export type ProtocolHandler = (request: Request) => Response | Promise<Response>;
type PermissionRequest = (
  contents: object,
  permission: string,
  callback: (granted: boolean) => void,
  details: object,
) => void;
type PermissionCheck = (contents: object | null, permission: string) => boolean;

/** Electron's names of permissions that Chromium knows too, by Chromium's names. */
const PERMISSIONS: Readonly<Record<string, string>> = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  midi: 'midi',
  camera: 'media',
  microphone: 'media',
  'clipboard-read': 'clipboard-read',
  'idle-detection': 'idle-detection',
  'window-management': 'window-management',
};

/** Downloads go into their folder, and we are told of them. */
export function tellDownloads() {
  const downloadPath = downloadsPath(state.userData);
  return { behavior: 'allow', downloadPath, eventsEnabled: true } as const;
}

/** A profile: its own storage, its own handler of the scheme, its own permissions. */
export class Session extends StrictEmitter {
  readonly #isLasting: boolean;
  #context: Promise<string> | null = null;
  #request: PermissionRequest | null = null;
  #check: PermissionCheck | null = null;
  #isDeviceHandled = false;
  readonly #handlers = new Map<string, ProtocolHandler>();
  readonly protocol = strict('Session.protocol', {
    handle: (scheme: string, handler: ProtocolHandler): void => {
      if (!state.schemes.has(scheme)) misuse(`the scheme ${scheme} was not made a secure origin`);
      if (this.#handlers.has(scheme)) misuse(`a second handler for the scheme ${scheme}`);
      this.#handlers.set(scheme, handler);
    },
  });

  constructor(isLasting: boolean) {
    super('Session', ['will-download']);
    this.#isLasting = isLasting;
  }

  /** Chromium's own name for the profile; undefined for the one that lasts. */
  context(): Promise<string> | undefined {
    if (this.#isLasting) return undefined;
    this.#context ??= this.#makeContext();
    return this.#context;
  }

  async #makeContext(): Promise<string> {
    const made = await cdp().send('Target.createBrowserContext', { disposeOnDetach: true });
    const browserContextId = String(made.browserContextId);
    await cdp().send('Browser.setDownloadBehavior', { ...tellDownloads(), browserContextId });
    return browserContextId;
  }

  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.#request = handler;
  }

  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.#check = handler;
  }

  setDevicePermissionHandler(handler: (details: object) => boolean): void {
    if (handler({})) misuse('a device was let in');
    this.#isDeviceHandled = true;
  }

  /** A window without the locks that keep the system from the page must not open. */
  mustBeLocked(): void {
    if (this.#request === null || this.#check === null || !this.#isDeviceHandled) {
      misuse('a window was opened on a session whose permissions are not locked');
    }
  }

  answer(request: Request): Promise<Response> | Response {
    const handler = this.#handlers.get(new URL(request.url).protocol.slice(0, -1));
    return handler?.(request) ?? misuse(`nothing answers ${request.url}`);
  }

  /** Asks for every permission that Chromium knows, and has Chromium keep to the answers. */
  async askPermissions(contents: object, url: string): Promise<void> {
    const { origin } = new URL(toChromium(url));
    const browserContextId = await this.context();
    for (const [name, permission] of Object.entries(PERMISSIONS)) {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      this.#request?.(contents, permission, resolve, { requestingUrl: url, isMainFrame: true });
      const setting = (await promise) ? 'granted' : 'denied';
      await cdp().send('Browser.setPermission', {
        permission: { name },
        setting,
        origin,
        ...(browserContextId && { browserContextId }),
      });
    }
  }

  /** True when the shell lets this download begin. */
  lets(url: string, fileName: string, contents: object): boolean {
    const item = strict('DownloadItem', {
      getURL: () => toShell(url),
      getFilename: () => fileName,
    });
    return !this.refused('will-download', {}, item, contents);
  }
}

const partitions = new Map<string, Session>();

function find(name: string, make: () => Session): Session {
  const found = partitions.get(name) ?? make();
  partitions.set(name, found);
  return found;
}

export const session = strict('session', {
  get defaultSession(): Session {
    needsReady('session.defaultSession');
    return find('', () => strict('Session', new Session(true)));
  },
  fromPartition(name: string): Session {
    needsReady('session.fromPartition');
    if (name === '' || name.startsWith('persist:')) misuse('only partitions in memory are there');
    return find(name, () => strict('Session', new Session(false)));
  },
});

const PRIVILEGES = ['standard', 'secure', 'supportFetchAPI'];

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: readonly { scheme: string; privileges: object }[]): void {
    needsUnready('protocol.registerSchemesAsPrivileged');
    for (const { scheme, privileges } of schemes) {
      onlyKnown(`the scheme ${scheme}`, privileges, PRIVILEGES);
      if (scheme !== 'app') misuse(`only app: is mapped, not ${scheme}:`);
      state.schemes.add(scheme);
    }
  },
});
