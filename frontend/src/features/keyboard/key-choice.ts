import { assignedKeys, clash, type OwnKeys } from '@/lib/keyboard'
import { type KeyRefusal, refusalOf } from '@/lib/reserved-keys'

/** A command as the page about keys shows it. */
export interface Entry {
  id: string
  label: string
  group: string
  /** The keys that everybody begins with. */
  keys?: string
}

export type Verdict =
  | { kind: 'free' }
  | { kind: 'refused'; why: KeyRefusal }
  /** One would be the beginning of the other, and one of the two could never be reached. */
  | { kind: 'overlaps'; other: Entry }
  | { kind: 'taken'; other: Entry }

/** Whether a command may have these keys. */
export function judge(entry: Entry, keys: string, entries: readonly Entry[], own: OwnKeys): Verdict {
  // What it had at the beginning it may always have again, be it Enter or Escape.
  const why = keys === entry.keys ? undefined : refusalOf(keys)
  if (why) return { kind: 'refused', why }
  for (const other of entries) {
    const taken = other.id === entry.id ? undefined : assignedKeys(other, own)
    if (taken === keys) return { kind: 'taken', other }
    if (taken && clash(taken, keys)) return { kind: 'overlaps', other }
  }
  return { kind: 'free' }
}

/** @param keys empty for none */
export function withKeys(own: OwnKeys, entry: Entry, keys: string): OwnKeys {
  const changed = new Map(own.keys)
  if (keys === (entry.keys ?? '')) changed.delete(entry.id)
  else changed.set(entry.id, keys)
  return { ...own, keys: changed }
}

/** The command gets the keys of the other, and the other what the command had, where it may have that. */
export function swapped(own: OwnKeys, entry: Entry, keys: string, other: Entry): OwnKeys {
  const before = assignedKeys(entry, own) ?? ''
  const mayHave = before === other.keys || refusalOf(before) === undefined
  return withKeys(withKeys(own, entry, keys), other, mayHave ? before : '')
}
