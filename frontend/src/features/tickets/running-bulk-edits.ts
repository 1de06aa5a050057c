/** An edit of many tickets that is not finished, and what it does in words. */
export interface RunningBulkEdit {
  id: string
  text: string
}

/** The edits of many tickets that this page waits for. */
export class RunningBulkEdits {
  #all: readonly RunningBulkEdit[] = []
  readonly #listeners = new Set<() => void>()

  readonly all = (): readonly RunningBulkEdit[] => this.#all

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  add(edit: RunningBulkEdit) {
    if (!this.#all.some(({ id }) => id === edit.id)) {
      this.#set([...this.#all, edit])
    }
  }

  remove(id: string) {
    this.#set(this.#all.filter((edit) => edit.id !== id))
  }

  #set(all: readonly RunningBulkEdit[]) {
    this.#all = all
    for (const listener of this.#listeners) {
      listener()
    }
  }
}
