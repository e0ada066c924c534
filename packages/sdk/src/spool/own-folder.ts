import type fs from 'node:fs';
import { attempt } from '../attempt.ts';
import type { Timers } from '../timers.ts';
import { FREE, isOwnerGone, ownerName, type Owner } from './is-owner-gone.ts';

export type SpoolTarget = {
  /** The app's own choice of a folder. */
  readonly root: string | undefined;
  /** Key and address: what was captured for one of them is never sent to another. */
  readonly target: string;
};

export type OwnFolderDeps = {
  /** Loaded at the first need. */
  readonly fs: () => typeof fs;
  readonly me: () => Owner & { readonly instance: string };
  readonly birthOf: (pid: number) => string | undefined;
  /** The folder of a target; undefined where there is none yet and none is needed, empty where none may be used. */
  readonly findFolder: (target: SpoolTarget, isNeeded: boolean) => string | undefined;
  readonly clock: { nowMs(): number; monotonicMs(): number };
  readonly timers: Timers;
};

const HEARTBEAT_MS = 20_000;
/** There may be thousands of files to take over: the app gets most of the time in between. */
const ADOPT_MS = 3;
const ADOPT_PAUSE_MS = 20;
const MAX_SET_ASIDE = 16;
/** Of processes that end while the collector is away; nobody leaves more. */
const MAX_OWNERS = 2000;

/** The folder of one target, in which each process has a folder of its own, once it is needed. */
export class OwnFolder {
  readonly #deps: OwnFolderDeps;
  readonly #onBeat: () => void;
  #target: SpoolTarget | undefined;
  #folder: string | undefined;
  #home: string | undefined;
  #ordinal = 0;
  /** What is still to be looked at: folders of others, and what is in those of the dead. */
  #unseen: string[] = [];
  #hasLooked = false;
  /** When the folders of others were touched, and since when that is known here: no two clocks are compared. */
  readonly #watched = new Map<string, { readonly touchedAtMs: number; readonly sinceMs: number }>();
  #nextBeat: { cancel(): void } | undefined;

  /** `onBeat` comes from time to time where there is a folder. */
  constructor(deps: OwnFolderDeps, onBeat: () => void) {
    this.#deps = deps;
    this.#onBeat = onBeat;
  }

  /** Goes on in the folder of another target; gives the own one in the last. */
  use(target: SpoolTarget | undefined): string | undefined {
    const last = this.#home;
    this.#target = target;
    this.#folder = this.#home = undefined;
    this.#unseen = [];
    this.#hasLooked = false;
    return last;
  }

  /** Without a target what is our own stays where it was. */
  keep(home: string | undefined): void {
    this.#home ??= home;
  }

  /** So many have left events that nobody should leave more. */
  get isCrowded(): boolean {
    return this.#home === undefined && this.#list('').length > MAX_OWNERS;
  }

  isThere(isNeeded: boolean): boolean {
    this.#folder ??= this.#target && this.#deps.findFolder(this.#target, isNeeded);
    return Boolean(this.#folder);
  }

  /**
   * The path of a file to come.
   *
   * @throws where there is no folder for it.
   */
  nextPath(): string {
    const { fs, me } = this.#deps;
    if (!this.isThere(true)) throw new Error('no folder');
    if (this.#home === undefined) {
      this.#home = `${this.#folder}/${ownerName(me())}${this.#nextName()}`;
      this.#beatLater();
    }
    fs().mkdirSync(this.#home, { recursive: true, mode: 0o700 });
    return `${this.#home}/${this.#nextName()}`;
  }

  /** Undefined where somebody else was faster. */
  move(from: string): string | undefined {
    return attempt(() => {
      const to = this.nextPath();
      this.#deps.fs().renameSync(from, to);
      return to;
    });
  }

  /** True while there may be more to take over. */
  get hasMore(): boolean {
    return this.#unseen.length > 0;
  }

  /** Takes over files of processes that are gone, at least one if there is any; a rename decides which of several gets it. */
  adopt(onFile: (path: string) => void): void {
    const { clock } = this.#deps;
    if (this.#hasLooked || !this.isThere(false)) return;
    if (!this.hasMore) this.#unseen = [...this.#list('')];
    const endMs = clock.monotonicMs() + ADOPT_MS;
    for (let entry = this.#unseen.pop(); entry !== undefined; entry = this.#unseen.pop()) {
      const path = this.#lookAt(entry);
      if (path === undefined) continue;
      onFile(path);
      if (clock.monotonicMs() > endMs) break;
    }
    this.#hasLooked = !this.hasMore;
    this.#beatLater();
  }

  /** Keeps what nobody can read, for whoever wants to know why. */
  setAside(text: string): void {
    if (this.#list('').filter((name) => name.endsWith('.corrupt')).length >= MAX_SET_ASIDE) return;
    attempt(() => this.#deps.fs().writeFileSync(`${this.#folder}/${this.#nextName()}.corrupt`, text, { mode: 0o600 }));
  }

  /** The process ends: what it leaves is anybody's. What the app tells after that has a folder of its own. */
  close(): void {
    const last = this.#home;
    this.#home = undefined;
    this.free(last);
  }

  /** A folder whose owner has no more use for it. */
  free(home: string | undefined): void {
    if (home === undefined || home === this.#home) return;
    const { rmdirSync, renameSync } = this.#deps.fs();
    // Unless it is empty, and then there is nothing to leave.
    attempt(() => rmdirSync(home));
    attempt(() => renameSync(home, `${home}/../${FREE}-${this.#nextName()}`));
  }

  /** The folders that have to be on the disk themselves before what is in them is. */
  get folders(): readonly string[] {
    return [`${this.#home}/`, `${this.#folder}/`, `${this.#folder}/../`];
  }

  /** At a folder, a file in it, or its name with a stroke at the end, when nothing should be left in it. */
  #lookAt(entry: string): string | undefined {
    const { fs, me, birthOf } = this.#deps;
    const [name = '', file] = entry.split('/');
    const path = `${this.#folder}/${entry}`;
    if (file) return this.move(path);
    if (file === '') attempt(() => fs().rmdirSync(path));
    else if (path !== this.#home && isOwnerGone(name, () => this.#silentMs(path), { me: me(), birthOf }))
      this.#unseen.push(`${name}/`, ...this.#list(name).map((each) => `${name}/${each}`));
    return undefined;
  }

  #silentMs(path: string): number {
    const nowMs = this.#deps.clock.monotonicMs();
    const touchedAtMs = attempt(() => this.#deps.fs().statSync(path).mtimeMs) ?? 0;
    const known = this.#watched.get(path);
    if (known?.touchedAtMs === touchedAtMs) return nowMs - known.sinceMs;
    if (this.#watched.size > MAX_OWNERS) this.#watched.clear();
    this.#watched.set(path, { touchedAtMs, sinceMs: nowMs });
    return 0;
  }

  #beatLater(): void {
    this.#nextBeat?.cancel();
    this.#nextBeat = this.#deps.timers.setTimer(() => this.#beat(), this.hasMore ? ADOPT_PAUSE_MS : HEARTBEAT_MS);
  }

  #beat(): void {
    const { fs, clock } = this.#deps;
    const home = this.#home;
    const nowS = clock.nowMs() / 1000;
    if (!home && !this.#folder) return;
    if (home !== undefined) attempt(() => fs().utimesSync(home, nowS, nowS));
    this.#hasLooked = false;
    this.#beatLater();
    this.#onBeat();
  }

  #nextName(): string {
    this.#ordinal += 1;
    return `${this.#deps.me().instance}-${this.#ordinal}`;
  }

  #list(name: string): readonly string[] {
    return attempt(() => this.#deps.fs().readdirSync(`${this.#folder}/${name}`)) ?? [];
  }
}
