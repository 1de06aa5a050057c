/**
 * Runs in the page, before its scripts. The clock of an operation begins with the event's own time stamp, which is when
 * the browser got the key or click from outside, so that a busy page cannot hide that it was late to look. From then on
 * each frame asks whether the page shows what is awaited. The first one that does is painted when the next one begins,
 * and that is when the clock stops: never before the pixels are there, at most one frame (17 ms) after.
 *
 * Two answers are awaited. `shows`: the first that a person sees, whatever of it was there already: the row that has the
 * focus, a ticket's head from the row it was opened from, the chip, the view's title. `has`: all of it, with what the
 * server had to be asked for.
 *
 * Beside that stand the browser's own figures: Event Timing (from the same time stamp to the next paint after the
 * handlers, in steps of 8 ms), long tasks and long animation frames.
 */
export function probe() {
  const GIVES_UP_AFTER_MS = 10_000
  const events = []
  const tasks = []
  const frames = []
  const observe = (type, entries, options) => {
    const observer = new PerformanceObserver((list) => entries.push(...list.getEntries()))
    observer.observe({ type, buffered: true, ...options })
    return () => entries.push(...observer.takeRecords())
  }
  const flushEvents = observe('event', events, { durationThreshold: 16 })
  const flushTasks = observe('longtask', tasks)
  const flushFrames = observe('long-animation-frame', frames)

  const one = (selector) => document.querySelector(selector)
  const textOf = (selector) => one(selector)?.textContent ?? ''
  const isLoading = () => one('main [role="status"]') !== null
  const isListThere = () => one('main a[data-ticket]') !== null || !isLoading()
  const openTicket = () => one('main section[aria-label^="#"]')?.getAttribute('aria-label') ?? ''
  // The chips, without what is open beside them.
  const filter = () =>
    [...document.querySelectorAll('main fieldset[aria-label="Filter"] > span > button')]
      .map(({ textContent }) => textContent)
      .join()
  const title = () => textOf('main h1')
  const suggestions = () => document.querySelectorAll('header [role="listbox"] [role="option"]')

  /** Each looks at the page before the operation and says what has to be different after it. */
  const STATES = {
    anotherRow: () => {
      const before = document.activeElement
      const isCursor = () => document.activeElement?.matches('a[data-cursor]')
      return { shows: () => document.activeElement !== before && isCursor() }
    },
    anotherTicket: () => {
      const before = openTicket()
      // With its subject: while nothing is known of a ticket, there is only the number.
      const shows = () => openTicket() !== before && openTicket().includes(' ')
      return { shows, has: () => shows() && one('main section[aria-label="Conversation"] article') !== null }
    },
    list: () => ({ shows: () => openTicket() === '' && document.activeElement?.matches('a[data-ticket]') }),
    peek: () => {
      const shows = () => one('main aside h2') !== null
      return { shows, has: () => shows() && one('main aside article') !== null }
    },
    palette: () => ({
      shows: () =>
        document.activeElement?.matches('dialog [role="combobox"]') && one('dialog [role="option"]') !== null,
    }),
    // The last option is a search for what was typed.
    commands: (text) => ({
      shows: () =>
        [...document.querySelectorAll('dialog [role="option"]')].at(-1)?.textContent.includes(`“${text}”`),
    }),
    choices: () => ({ shows: () => one('[role="dialog"] [role="listbox"] [role="option"]') !== null }),
    editor: (label) => ({
      shows: () =>
        one(`[role="dialog"][aria-label="${label}"], [role="dialog"] [aria-label="${label}"]`) !== null,
    }),
    anotherFilter: () => {
      const before = filter()
      const shows = () => filter() !== before
      return { shows, has: () => shows() && isListThere() }
    },
    anotherView: () => {
      const before = title()
      const shows = () => title() !== before
      return { shows, has: () => shows() && isListThere() }
    },
    searchField: () => ({ shows: () => document.activeElement?.matches('header input[type="search"]') }),
    typed: ({ text, isLast }) => {
      const shows = () => suggestions()[0]?.textContent.includes(text)
      return isLast ? { shows, has: () => shows() && suggestions().length > 1 } : { shows }
    },
    results: () => {
      const before = title()
      const shows = () => location.pathname === '/search' && title() !== before
      return { shows, has: () => shows() && !isLoading() }
    },
  }

  let watched

  const begin = (event) => {
    if (watched?.on === event.type && watched.begin === undefined && event.isTrusted) {
      watched.begin = event.timeStamp
    }
  }
  for (const type of ['keydown', 'click']) addEventListener(type, begin, true)

  function watch({ on, state, argument }) {
    const { promise, resolve, reject } = Promise.withResolvers()
    const awaited = STATES[state](argument)
    const watching = { on, begin: undefined, promise }
    watched = watching
    const since = performance.now()
    let shown
    const eachFrame = (isPainted) => {
      const now = performance.now()
      if (isPainted.shown) shown ??= now
      if (isPainted.had || (shown !== undefined && !awaited.has)) {
        resolve({ begin: watching.begin, shown, had: awaited.has && now, end: now })
      } else if (now - since > GIVES_UP_AFTER_MS) {
        reject(
          new Error(
            `${state} was awaited for ${GIVES_UP_AFTER_MS} ms, ${shown ? 'and content did not come' : 'and nothing showed'}`,
          ),
        )
      } else {
        const begun = watching.begin !== undefined
        const next = { shown: begun && Boolean(awaited.shows()), had: begun && Boolean(awaited.has?.()) }
        requestAnimationFrame(() => eachFrame(next))
      }
    }
    // Without a handler yet, a rejection would be an error of the page's.
    promise.catch(() => undefined)
    requestAnimationFrame(() => eachFrame({}))
  }

  async function result() {
    const { begin, shown, had, end } = await watched.promise
    // Event Timing tells of a paint a moment after it.
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    flushEvents()
    flushTasks()
    const longest = (entries) => Math.max(0, ...entries.map(({ duration }) => duration))
    return {
      paint: shown - begin,
      content: had === undefined ? null : had - begin,
      event: longest(events.filter(({ startTime }) => Math.abs(startTime - begin) < 1)),
      longestTask: longest(
        tasks.filter(({ startTime, duration }) => startTime + duration > begin && startTime < end),
      ),
    }
  }

  let scroll

  function beginScroll() {
    flushTasks()
    flushFrames()
    const scrolling = { since: performance.now(), seen: new Set() }
    scroll = scrolling
    const eachFrame = () => {
      if (scroll !== scrolling) return
      for (const row of document.querySelectorAll('main a[data-ticket]'))
        scrolling.seen.add(row.dataset.ticket)
      requestAnimationFrame(eachFrame)
    }
    eachFrame()
  }

  function endScroll() {
    flushTasks()
    flushFrames()
    const { since, seen } = scroll
    scroll = undefined
    const during = (entries) => entries.filter(({ startTime }) => startTime >= since)
    const worst = (entries) => entries.toSorted((one, other) => other.duration - one.duration)
    const longTasks = worst(during(tasks))
    const longFrames = worst(during(frames))
    return {
      rows: seen.size,
      seconds: (performance.now() - since) / 1_000,
      longTasks: longTasks.length,
      longestTask: longTasks[0]?.duration ?? 0,
      longestFrame: longFrames[0]?.duration ?? 0,
      // Whose they are, for whoever mends it.
      blame: longFrames.slice(0, 5).map((frame) => ({
        duration: frame.duration,
        blocking: frame.blockingDuration,
        layoutAndPaint: frame.startTime + frame.duration - frame.styleAndLayoutStart,
        scripts: frame.scripts.map((script) => ({
          what: `${script.invoker} ${script.sourceURL.split('/').at(-1)}:${script.sourceFunctionName}@${script.sourceCharPosition}`,
          duration: script.duration,
          forcedLayout: script.forcedStyleAndLayoutDuration,
        })),
      })),
    }
  }

  window.paintProbe = { watch, result, beginScroll, rowsSeen: () => scroll.seen.size, endScroll }
}
