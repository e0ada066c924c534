import type fs from 'node:fs';
import type { Diagnostics } from '../diagnostics.ts';
import type { Timers } from '../timers.ts';
import { attempt } from './attempt.ts';
import { FREE, isOwnerGone, ownerName, type Owner } from './is-owner-gone.ts';
import { readSegment, writeSegment, type Checksum } from './segment-text.ts';

export type SpoolTarget = {
  /** The app's own choice of a folder. */
  readonly root: string | undefined;
  /** Key and address: what was captured for one of them is never sent to another. */
  readonly target: string;
};

export type SpoolDeps = {
  /** Loaded at the first need. */
  readonly fs: () => typeof fs;
  readonly me: () => Owner & { readonly instance: string };
  readonly isRunning: (pid: number) => boolean;
  /** The folder of a target; undefined where there is none yet and none is needed, empty where none may be used. */
  readonly findFolder: (target: SpoolTarget, isNeeded: boolean) => string | undefined;
  readonly checksum: Checksum;
  readonly maxBytes: number;
  readonly clock: { nowMs(): number };
  readonly timers: Timers;
  readonly diagnostics: Diagnostics;
};

/** How its user keeps the balance. */
export type SpoolOwner = {
  /** How batches begin now, for the process that may have to send them. */
  head(): string;
  /** Events on disk that nobody can send any more. */
  lose(reason: string, count: number, isAdopted: boolean): void;
  /** Comes from time to time, once `adopt` was called. */
  beat(): void;
};

/** One file of events. They find their ends in the order in which they stand in it, and the file goes with the last. */
export type Segment = {
  path: string;
  /** How the batches of another process begin that left this; undefined where it is our own. */
  head: string | undefined;
  sizeBytes: number;
  count: number;
  settled: number;
  /** How many of them are nowhere else. */
  parked: number;
};

/** About one batch: reading it again must not hold the app up. */
const SEGMENT_BYTES = 256 * 1024;
const SYNC_AFTER_MS = 500;
const HEARTBEAT_MS = 20_000;
const MAX_SET_ASIDE = 16;

/** Keeps events in files, where they outlive the process. */
export class Spool {
  readonly #deps: SpoolDeps;
  readonly #owner: SpoolOwner;
  /** Every file in our folder; those with events that are not in memory, oldest first. */
  readonly #segments = new Set<Segment>();
  readonly #backlog = new Set<Segment>();
  #target: SpoolTarget | undefined;
  #folder: string | undefined;
  /** Our own folder in it, once it is needed. */
  #home: string | undefined;
  #current: Segment | undefined;
  #ordinal = 0;
  #sizeBytes = 0;
  readonly #unsynced = new Set<string>();
  #isBeating = false;

  constructor(deps: SpoolDeps, owner: SpoolOwner) {
    this.#deps = deps;
    this.#owner = owner;
  }

  get hasBacklog(): boolean {
    return this.#backlog.size > 0;
  }

  /** Takes the target: what is our own moves with it, what others left for the last one is anybody's again. */
  use(target: SpoolTarget | undefined): void {
    const last = this.#home;
    this.#target = target;
    this.#folder = this.#home = this.#current = undefined;
    for (const segment of this.#segments) {
      if (segment.head === undefined) segment.path = this.#move(segment.path) ?? segment.path;
      else this.#forget(segment);
    }
    // Where there is no other folder our own stays where it is.
    if (this.#segments.size === 0 || this.#home !== undefined) this.#free(last);
  }

  /** Keeps events; undefined where that cannot be done. They are saved for a crash of the process now, of the machine in a second. */
  save(events: readonly string[]): Segment | undefined {
    const { fs, checksum, diagnostics, maxBytes } = this.#deps;
    if (!this.#hasFolder(true)) return undefined;
    const text = writeSegment({ head: this.#owner.head(), events }, checksum);
    this.#makeRoom();
    let segment = this.#current;
    try {
      if (this.#sizeBytes > maxBytes) throw new Error(`more than ${maxBytes} bytes`);
      segment ??= this.#add({ path: this.#nextPath(), head: undefined, sizeBytes: 0 });
      fs().appendFileSync(segment.path, text, { mode: 0o600 });
      const sizeBytes = Buffer.byteLength(text);
      segment.count += events.length;
      segment.sizeBytes += sizeBytes;
      this.#sizeBytes += sizeBytes;
      this.#syncLater(segment.path);
      this.#current = segment.sizeBytes < SEGMENT_BYTES ? segment : undefined;
      return segment;
    } catch (error) {
      // A part may have been written: its events stay in memory, and must not be read from here as well.
      if (segment) this.#cut(segment);
      diagnostics.count('spool');
      diagnostics.warnOnce('spool', `events cannot be kept on disk, only in memory: ${String(error)}`);
      return undefined;
    }
  }

  /** This many more of its events, the oldest, have found their end. */
  settle(segment: Segment, count: number): void {
    segment.settled += count;
    if (segment.settled >= segment.count) this.#remove(segment);
  }

  /** This many of its events are forgotten in memory until they are taken up. */
  park(segment: Segment, count: number): void {
    if (segment === this.#current) this.#current = undefined;
    segment.parked += count;
    this.#backlog.add(segment);
  }

  /** Gives events back that are not in memory, the oldest first. */
  takeUp(): { readonly segment: Segment; readonly events: readonly string[] } | undefined {
    for (const segment of this.#backlog) {
      this.#backlog.delete(segment);
      segment.parked = 0;
      const { head, events, broken } = this.#read(segment);
      if (segment.head === '') {
        segment.head = head || this.#owner.head();
        segment.count = events.length + broken.length;
        this.#setAside(broken);
      }
      const missing = segment.count - events.length;
      if (missing > 0) this.#owner.lose('spool_corrupt', missing, segment.head !== undefined);
      segment.count = Math.min(segment.count, events.length);
      const left = events.slice(segment.settled, segment.count);
      if (left.length > 0) return { segment, events: left };
      this.#remove(segment);
    }
    return undefined;
  }

  /** Nothing of our own is to be sent any more; what others left waits on. */
  giveUp(): void {
    for (const segment of this.#segments) {
      if (segment.head === undefined) this.#remove(segment);
      else this.park(segment, segment.count - segment.settled - segment.parked);
    }
  }

  /** Takes over what processes have left that are gone; a rename decides which of several gets a file. */
  adopt(): void {
    const { fs, me, isRunning, clock, timers } = this.#deps;
    if (!this.#isBeating) timers.setTimer(() => this.#beat(), HEARTBEAT_MS);
    this.#isBeating = true;
    if (!this.#hasFolder(false)) return;
    for (const name of this.#list(this.#folder)) {
      const path = `${this.#folder}/${name}`;
      const touchedAtMs = (path === this.#home ? undefined : attempt(() => fs().statSync(path).mtimeMs)) ?? Number.NaN;
      if (!isOwnerGone(name, touchedAtMs, { me: me(), isRunning, nowMs: clock.nowMs() })) continue;
      for (const file of this.#list(path)) {
        const to = this.#move(`${path}/${file}`);
        if (to !== undefined) this.park(this.#add({ path: to, head: '', sizeBytes: attempt(() => fs().statSync(to).size) ?? 0 }), 0);
      }
      attempt(() => fs().rmdirSync(path));
    }
    this.#makeRoom();
  }

  /** The process ends: what is in the folder is anybody's. */
  close(): void {
    this.#free(this.#home);
  }

  #read({ path }: Segment): ReturnType<typeof readSegment> {
    return readSegment(attempt(() => this.#deps.fs().readFileSync(path, 'utf8')) ?? '', this.#deps.checksum);
  }

  #cut(segment: Segment): void {
    const { path, count, sizeBytes } = segment;
    if (count === 0) this.#remove(segment);
    else attempt(() => this.#deps.fs().truncateSync(path, sizeBytes));
  }

  #syncLater(path: string): void {
    if (this.#unsynced.size === 0) this.#deps.timers.setTimer(() => this.#sync(), SYNC_AFTER_MS);
    this.#unsynced.add(path);
  }

  #sync(): void {
    const { open, fdatasync, close } = this.#deps.fs();
    // What has arrived meanwhile is there no more.
    for (const path of this.#unsynced) open(path, 'r+', (error, fd) => error ?? fdatasync(fd, () => close(fd)));
    this.#unsynced.clear();
  }

  #add(known: Pick<Segment, 'path' | 'head' | 'sizeBytes'>): Segment {
    const segment = { ...known, count: 0, settled: 0, parked: 0 };
    this.#segments.add(segment);
    this.#sizeBytes += segment.sizeBytes;
    return segment;
  }

  #forget(segment: Segment): void {
    if (segment === this.#current) this.#current = undefined;
    this.#segments.delete(segment);
    this.#backlog.delete(segment);
    this.#sizeBytes -= segment.sizeBytes;
  }

  #remove(segment: Segment): void {
    this.#forget(segment);
    attempt(() => this.#deps.fs().unlinkSync(segment.path));
  }

  #makeRoom(): void {
    for (const segment of this.#backlog) {
      if (this.#sizeBytes <= this.#deps.maxBytes) return;
      // A batch that failed has brought some of its events back into memory.
      if (segment.parked < segment.count - segment.settled) continue;
      const count = segment.parked || this.#read(segment).events.length;
      this.#owner.lose('spool_overflow', count, segment.head !== undefined);
      this.#remove(segment);
    }
  }

  #setAside(broken: readonly string[]): void {
    if (broken.length === 0) return;
    if (this.#list(this.#folder).filter((name) => name.endsWith('.corrupt')).length >= MAX_SET_ASIDE) return;
    const path = `${this.#folder}/${this.#nextName()}.corrupt`;
    attempt(() => this.#deps.fs().writeFileSync(path, broken.join('\n'), { mode: 0o600 }));
  }

  #beat(): void {
    const { fs, clock, timers } = this.#deps;
    const home = this.#home;
    const nowS = clock.nowMs() / 1000;
    if (home !== undefined) attempt(() => fs().utimesSync(home, nowS, nowS));
    timers.setTimer(() => this.#beat(), HEARTBEAT_MS);
    this.#owner.beat();
  }

  #move(from: string): string | undefined {
    return attempt(() => {
      const to = this.#nextPath();
      this.#deps.fs().renameSync(from, to);
      return to;
    });
  }

  #nextName(): string {
    this.#ordinal += 1;
    return `${this.#deps.me().instance}-${this.#ordinal}`;
  }

  #nextPath(): string {
    const { fs, me } = this.#deps;
    if (!this.#hasFolder(true)) throw new Error('no folder');
    this.#home ??= `${this.#folder}/${ownerName(me())}${this.#nextName()}`;
    fs().mkdirSync(this.#home, { recursive: true, mode: 0o700 });
    return `${this.#home}/${this.#nextName()}`;
  }

  /** A folder whose owner ends, or has no more use for it. */
  #free(home: string | undefined): void {
    if (home === undefined) return;
    const { rmdirSync, renameSync } = this.#deps.fs();
    // Unless it is empty, and then there is nothing to leave.
    attempt(() => rmdirSync(home));
    attempt(() => renameSync(home, `${home}/../${FREE}-${this.#nextName()}`));
  }

  #hasFolder(isNeeded: boolean): boolean {
    this.#folder ??= this.#target && this.#deps.findFolder(this.#target, isNeeded);
    return Boolean(this.#folder);
  }

  #list(folder: string | undefined): readonly string[] {
    return attempt(() => this.#deps.fs().readdirSync(String(folder))) ?? [];
  }
}
