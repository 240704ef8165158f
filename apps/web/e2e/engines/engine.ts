/** What a person sees of an element: its role, and its name or a part of its text. */
export interface Sight {
  role: 'article' | 'button' | 'dialog' | 'field' | 'heading' | 'link' | 'menuitem' | 'region' | 'status'
  /** Its accessible name, whole. */
  name?: string
  /** It is in there. */
  within?: Sight
}

/** A function that runs in the page: it may use nothing from outside. */
export type PageScript<Args extends unknown[], Result> = (...args: Args) => Result | Promise<Result>

/** A tab, as far as the smoke run needs it. */
export interface Tab {
  goto(path: string): Promise<void>
  reload(): Promise<void>
  run<Result>(script: PageScript<[], Result>): Promise<Result>
  /** What the script finds out about an element; null where it is not there. */
  read<Result>(sight: Sight, script: PageScript<[HTMLElement], Result>): Promise<Result | null>
  /** Clicks with the pointer. Throws where it is not there, or cannot be clicked. */
  click(sight: Sight): Promise<void>
  clickAt(x: number, y: number): Promise<void>
  /** Types into what has the focus. */
  type(text: string): Promise<void>
  /** Presses a key of that name (KeyboardEvent.key), with Control held where that is said. */
  press(key: string, held?: 'Control'): Promise<void>
  /** Gives a file to the page's first file input. */
  chooseFile(file: string): Promise<void>
}

/** A browser with a profile of its own, as if it were another machine. */
export interface Profile {
  /** Engine and version, as the browser itself says it. */
  version: string
  newTab(): Promise<Tab>
  /** What the pages complained of so far. */
  complaints: string[]
  close(): Promise<void>
}

export interface ProfileOptions {
  /** Nothing may be stored: no IndexedDB, no localStorage, no service worker. */
  storage?: 'refused' | 'private'
}

/** @param origin where addresses without one are looked for */
export type StartProfile = (origin: string, options?: ProfileOptions) => Promise<Profile>
