/** The tickets of a list that the next command is done to. */
export type Selection =
  | { kind: 'none' }
  /** `base` is what was selected before the stretch that Shift extends from the anchor. */
  | { kind: 'some'; numbers: ReadonlySet<number>; base: ReadonlySet<number>; anchor: number }
  /** Whatever passes the filter at the moment of asking. */
  | { kind: 'all'; count: number }

export const NOTHING: Selection = { kind: 'none' }

type Rows = readonly { number: number }[]

export function isSelected(selection: Selection, number: number): boolean {
  return selection.kind === 'all' || (selection.kind === 'some' && selection.numbers.has(number))
}

export function countOf(selection: Selection): number {
  switch (selection.kind) {
    case 'none':
      return 0
    case 'some':
      return selection.numbers.size
    case 'all':
      return selection.count
  }
}

/** Takes a row in, or out; of all that match, those rows stay that the list has loaded. */
export function toggled(selection: Selection, rows: Rows, number: number): Selection {
  const numbers = new Set(
    selection.kind === 'all'
      ? rows.map((row) => row.number)
      : selection.kind === 'some'
        ? selection.numbers
        : [],
  )
  if (!numbers.delete(number)) {
    numbers.add(number)
  }
  return some(numbers, numbers, number)
}

/** Selects the stretch from the anchor to a row instead of the stretch before. */
export function extended(selection: Selection, rows: Rows, from: number, to: number): Selection {
  if (selection.kind === 'all') {
    return selection
  }
  const anchor = selection.kind === 'some' ? selection.anchor : from
  const base = selection.kind === 'some' ? selection.base : new Set<number>()
  const [first = 0, last = 0] = [indexOf(rows, anchor), indexOf(rows, to)].sort((a, b) => a - b)
  const stretch = rows.slice(Math.max(first, 0), last + 1).map((row) => row.number)
  return some(new Set([...base, ...stretch]), base, anchor)
}

/** All rows of a list that is loaded to its end. */
export function ofRows(rows: Rows): Selection {
  const numbers = new Set(rows.map((row) => row.number))
  return some(numbers, numbers, rows[0]?.number ?? 0)
}

function some(numbers: ReadonlySet<number>, base: ReadonlySet<number>, anchor: number): Selection {
  return numbers.size === 0 ? NOTHING : { kind: 'some', numbers, base, anchor }
}

const indexOf = (rows: Rows, number: number) => rows.findIndex((row) => row.number === number)
