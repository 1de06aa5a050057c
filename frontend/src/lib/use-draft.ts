import { useState } from 'react'

const PREFIX = 'tealdesk.draft.'

/**
 * State that outlives a reload, a crash and an ended session: what a person types is kept in this tab until it is
 * sent. The key has to name the person, so that nobody finds another's words on a shared computer.
 */
export function useDraft<Draft extends object>(key: string, empty: Draft) {
  const storageKey = PREFIX + key
  const [stored, setStored] = useState(() => ({ key: storageKey, draft: read(storageKey, empty) }))
  let current = stored
  if (stored.key !== storageKey) {
    // Another ticket in the same page: its own draft, from the first render on.
    current = { key: storageKey, draft: read(storageKey, empty) }
    setStored(current)
  }

  function change(part: Partial<Draft>) {
    setStored((before) => {
      const draft = { ...before.draft, ...part }
      write(storageKey, draft)
      return { key: storageKey, draft }
    })
  }

  function clear() {
    sessionStorageSafely((storage) => storage.removeItem(storageKey))
    setStored({ key: storageKey, draft: empty })
  }

  return [current.draft, change, clear] as const
}

function read<Draft extends object>(key: string, empty: Draft): Draft {
  let draft = empty
  sessionStorageSafely((storage) => {
    const text = storage.getItem(key)
    if (text !== null) draft = { ...empty, ...(JSON.parse(text) as Partial<Draft>) }
  })
  return draft
}

function write(key: string, draft: object) {
  sessionStorageSafely((storage) => storage.setItem(key, JSON.stringify(draft)))
}

/** Storage can be switched off, full, or hold what an older release wrote: a draft is then simply not kept. */
function sessionStorageSafely(work: (storage: Storage) => void) {
  try {
    work(sessionStorage)
  } catch {
    // See above.
  }
}
