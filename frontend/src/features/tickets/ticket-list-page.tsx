import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useEffectEvent, useRef, useState } from 'react'
import { Link, useMatch, useNavigate, useSearchParams } from 'react-router'
import { useFormatter, useTranslations } from 'use-intl'
import { useCurrentUser } from '@/api/session'
import { useProblemText } from '@/api/use-problem-text'
import { useCommands } from '@/features/shared/use-commands'
import { Apart, Part } from '@/lib/apart'
import { SilencedKeys } from '@/lib/silenced-keys'
import { useLoadedWhenIdle } from '@/lib/use-loaded-when-idle'
import { usePageTitle } from '@/lib/use-page-title'
import { paths } from '@/paths'
import { Button, buttonClass } from '@/ui/button'
import { Icon } from '@/ui/icons'
import { Notice } from '@/ui/notice'
import { EmptyState, ErrorState, LoadingState } from '@/ui/states'
import { FilterBar, filterEditor } from './filter-bar'
import { useColumns } from './list-columns'
import { ListLook } from './list-look'
import { forgetPlace } from './list-place'
import { loadLinkDialog, loadMergeDialog } from './load-relations'
import { loadMacroDialog } from './load-replies'
import { OrderSelect } from './order-select'
import type { Property } from './property-bar'
import { PropertyDialog } from './property-dialog'
import { knownRow, oneTicket, ROWS_PER_PAGE } from './queries'
import { useDensity } from './row-density'
import { SaveViewAction } from './save-view-action'
import { endsWork } from './ticket-change'
import { useUnsentTickets, useWithWaitingChanges } from './ticket-desk'
import type { TicketFilter } from './ticket-filter'
import { EVERYTHING, filterKey, filterParams, isFiltered, parseFilter, unreadable } from './ticket-filter'
import type { TicketListHandle } from './ticket-list'
import { TicketList } from './ticket-list'
import css from './ticket-list-page.module.css'
import type { Ticket, TicketRow } from './ticket-model'
import { useChangeTicket } from './use-change-ticket'
import { selectionPropertyDialog, useSelection } from './use-selection'
import { useShownView } from './use-shown-view'
import { useTicketList } from './use-ticket-list'

const ticketView = new Part(async () => (await import('./ticket-view')).TicketView)
const peekPanel = new Part(async () => (await import('./peek-panel')).PeekPanel)
const selectionBar = new Part(async () => {
  // What it offers is there when it is.
  const [{ SelectionBar }] = await Promise.all([import('./selection-bar'), selectionPropertyDialog.preload()])
  return SelectionBar
})
const MacroDialog = lazy(loadMacroDialog)
const MergeDialog = lazy(loadMergeDialog)
const LinkDialog = lazy(loadLinkDialog)

const ROW_HEIGHT_PX = { normal: 44, dense: 32 }

/** A list of tickets, and beside it the one that is open. */
export default function TicketListPage() {
  const t = useTranslations('tickets')
  const format = useFormatter()
  const me = useCurrentUser()
  const navigate = useNavigate()
  const problemText = useProblemText()
  const [params, setParams] = useSearchParams()
  const openNumber = numberIn(useMatch(`${paths.tickets}/:number`)?.params.number)
  const filter = parseFilter(params)
  const listKey = filterKey(filter)
  const search = addressSearch(filter)
  const { title, savedView, isBuiltIn } = useShownView(filter)
  const density = useDensity()
  const columns = useColumns(savedView)
  const { list, rows, drift, firstPlace, rememberRow, startAgain } = useTicketList(filter)
  const [cursor, setCursor] = useCursor(openNumber, listKey)
  const [asked, setAsked] = useState<{ property: Property; number: number }>()
  const [isPeeking, setPeeking] = useState(false)
  const [macrosFor, setMacrosFor] = useState<number>()
  const [relating, setRelating] = useState<{ by: 'merge' | 'link'; number: number }>()
  const changeTicket = useChangeTicket()
  const ticketOf = useTicketOf(rows)
  const unsentTickets = useUnsentTickets()
  const handle = useRef<TicketListHandle>(null)
  const selecting = useSelection({
    listKey,
    filter,
    rows,
    isWhole: !list.hasNextPage && !list.hasPreviousPage,
  })
  // Beside an open ticket the keys are about that ticket; the bar over the list still is about the selection.
  const isSelecting = selecting.count > 0 && openNumber === undefined

  usePageTitle(openNumber ? undefined : title)

  // So that what is typed right after its key is typed into it, and a picker is there while the connection is away.
  useLoadedWhenIdle(!list.isPending, [
    ticketView.preload,
    filterEditor.preload,
    peekPanel.preload,
    selectionBar.preload,
    () => import('./snooze-pick'),
    loadMacroDialog,
    loadMergeDialog,
    loadLinkDialog,
  ])

  const linkTo = (ticketNumber: number) => paths.ticket(ticketNumber) + search
  const backTo = paths.tickets + search
  const currentNumber = openNumber ?? cursor ?? rows[0]?.number

  const open = (ticketNumber: number, options?: { replace: boolean }) =>
    navigate(linkTo(ticketNumber), options)

  const moveBy = (step: number) => {
    const index = rows.findIndex((row) => row.number === currentNumber)
    // The first press of j takes the first row, when none has been taken yet.
    const isFresh = openNumber === undefined && cursor === undefined
    const target = rows[Math.min(Math.max(isFresh ? 0 : index + step, 0), rows.length - 1)]
    if (!target) {
      return
    }
    setCursor(target.number)
    if (openNumber !== undefined) {
      void open(target.number, { replace: true })
    } else {
      handle.current?.focusRow(target.number)
    }
  }

  const extendBy = (step: number) => {
    const index = rows.findIndex((row) => row.number === currentNumber)
    const target = rows[Math.min(Math.max(index + step, 0), rows.length - 1)]
    if (target && currentNumber !== undefined) {
      selecting.extend(currentNumber, target.number)
      setCursor(target.number)
      handle.current?.focusRow(target.number)
    }
  }
  const selectCurrent = () => {
    if (currentNumber !== undefined) {
      selecting.toggle(currentNumber)
      if (cursor === undefined) {
        moveBy(0)
      }
    }
  }

  const onCurrent = (act: (ticket: Ticket | TicketRow) => void) => () => {
    const ticket = currentNumber === undefined ? undefined : ticketOf(currentNumber)
    if (ticket) {
      act(ticket)
    }
  }

  /** To what is selected, or else to the row that the cursor is on. */
  const onSelection = (toAll: () => void, toOne: () => void) => (isSelecting ? toAll : toOne)
  const ask = (property: Property) =>
    onSelection(
      () => selecting.ask(property),
      onCurrent((ticket) => setAsked({ property, number: ticket.number })),
    )
  const myself = { kind: 'assignee', assignee: { id: me.id, name: me.name } } as const
  const takeKey = onSelection(
    () => selecting.change(myself),
    onCurrent((ticket) => changeTicket(ticket, myself)),
  )
  const relate = (by: 'merge' | 'link') => onCurrent((ticket) => setRelating({ by, number: ticket.number }))
  const mergeKey = onSelection(() => selecting.ask('merge'), relate('merge'))
  const next = () => {
    if (rows.at(-1)?.number === openNumber) {
      void navigate(backTo)
    } else {
      moveBy(1)
    }
  }
  /** As their reader wants it, the next ticket follows one that is done or put off. */
  const goOn = () => {
    if (openNumber !== undefined && me.writing?.afterDone === 'NEXT') {
      next()
    } else if (openNumber !== undefined && me.writing?.afterDone === 'LIST') {
      void navigate(backTo)
    }
  }
  const resolveOne = onCurrent((ticket) => {
    changeTicket(ticket, { kind: 'status', status: 'RESOLVED' })
    if (openNumber === undefined) {
      moveBy(1)
    } else {
      goOn()
    }
  })
  const resolveKey = onSelection(() => selecting.change({ kind: 'status', status: 'RESOLVED' }), resolveOne)
  const snoozeKey = onSelection(
    () => selecting.ask('snooze'),
    onCurrent((ticket) => {
      if (ticket.lane !== 'DONE') {
        setAsked({ property: 'snooze', number: ticket.number })
      }
    }),
  )
  const wakeKey = onSelection(
    () => selecting.change({ kind: 'snooze', snooze: null }),
    onCurrent((ticket) => changeTicket(ticket, { kind: 'snooze', snooze: null })),
  )
  const retry = () => {
    forgetPlace(listKey)
    return list.refetch()
  }
  const showNews = () => {
    handle.current?.scrollToTop()
    void startAgain()
  }

  const changeFilter = (next: TicketFilter) => setParams(filterParams(next), { preventScrollReset: true })

  const about = () => (currentNumber === undefined ? undefined : `#${currentNumber}`)
  const aboutSelection = () =>
    isSelecting ? t('selection.about', { count: format.number(selecting.count) }) : about()
  const hasRows = currentNumber !== undefined && openNumber === undefined
  useCommands([
    { id: 'list.next', run: () => moveBy(1) },
    { id: 'list.previous', run: () => moveBy(-1) },
    {
      id: 'list.open',
      about,
      disabled: openNumber !== undefined,
      run: () => {
        if (currentNumber !== undefined) {
          void open(currentNumber)
        }
      },
    },
    {
      id: 'list.peek',
      about,
      disabled: openNumber !== undefined || currentNumber === undefined,
      run: () => {
        setPeeking(!isPeeking)
        if (cursor === undefined) {
          moveBy(0)
        }
      },
    },
    {
      id: 'go.back',
      disabled: openNumber === undefined && !isPeeking && !isSelecting,
      run: () => {
        if (openNumber !== undefined) void navigate(backTo)
        else if (isPeeking) setPeeking(false)
        else selecting.clear()
      },
    },
    { id: 'list.select', about, disabled: !hasRows, run: selectCurrent },
    { id: 'list.selectNext', disabled: !hasRows, run: () => extendBy(1) },
    { id: 'list.selectPrevious', disabled: !hasRows, run: () => extendBy(-1) },
    { id: 'list.selectTo', about, disabled: !hasRows, run: () => extendBy(0) },
    { id: 'list.selectAll', disabled: !hasRows, run: selecting.selectAll },
    { id: 'list.clearSelection', disabled: !isSelecting, run: selecting.clear },
    { id: 'list.showNew', run: showNews },
    {
      id: 'list.clearFilter',
      disabled: !isFiltered(filter),
      run: () => changeFilter({ ...EVERYTHING, order: filter.order }),
    },
    ...(
      [
        ['ticket.resolve', resolveKey],
        ['ticket.take', takeKey],
        ['ticket.assign', ask('assignee')],
        ['ticket.team', ask('team')],
        ['ticket.priority', ask('priority')],
        ['ticket.status', ask('status')],
        ['ticket.tags', ask('tags')],
        ['ticket.snooze', snoozeKey],
        ['ticket.dueDate', ask('dueAt')],
        ['ticket.merge', mergeKey],
      ] as const
    ).map(([id, run]) => ({ id, run, about: aboutSelection, disabled: currentNumber === undefined })),
    { id: 'ticket.link', run: relate('link'), about, disabled: currentNumber === undefined },
    {
      id: 'ticket.wake',
      run: wakeKey,
      about: aboutSelection,
      disabled: !isSelecting && (currentNumber === undefined || !ticketOf(currentNumber)?.snooze),
    },
    {
      id: 'ticket.macro',
      about: aboutSelection,
      // An open ticket knows what its reader has seen of it.
      disabled: openNumber !== undefined || currentNumber === undefined,
      run: onSelection(
        () => selecting.ask('macro'),
        onCurrent((ticket) => setMacrosFor(ticket.number)),
      ),
    },
  ])

  // Coming back from a ticket, the focus is on its row; opening one, it is in the conversation.
  const lastOpen = useRef(openNumber)
  const onOpenChanged = useEffectEvent(() => {
    const before = lastOpen.current
    lastOpen.current = openNumber
    if (openNumber !== undefined) {
      setPeeking(false)
    }
    if (before !== undefined && openNumber === undefined) {
      handle.current?.focusRow(before)
    }
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another ticket is open
  useEffect(() => onOpenChanged(), [openNumber])

  const peekedTicket =
    isPeeking && openNumber === undefined && currentNumber !== undefined ? ticketOf(currentNumber) : undefined
  const askedTicket = asked && ticketOf(asked.number)
  const relatingTicket = relating && ticketOf(relating.number)
  const macroTicket = macrosFor === undefined ? undefined : ticketOf(macrosFor)
  const rowHeight = ROW_HEIGHT_PX[openNumber === undefined ? density : 'normal']

  const header = (
    <header className={css.header}>
      {openNumber === undefined ? (
        <h1 className={css.title}>{title}</h1>
      ) : (
        <h2 className={css.title}>{title}</h2>
      )}
      <OrderSelect order={filter.order} onChange={(order) => changeFilter({ ...filter, order })} />
      <span className={css.look}>
        <ListLook columns={columns} density={density} viewId={savedView?.id} />
      </span>
      {openNumber === undefined ? (
        <Link to={paths.newTicket} className={buttonClass('primary', 'small')}>
          {t('openTicket')}
        </Link>
      ) : (
        <Link to={paths.newTicket} className={css.add} aria-label={t('openTicket')} title={t('openTicket')}>
          <Icon name="plus" />
        </Link>
      )}
    </header>
  )

  return (
    <div className={css.desk} data-open={openNumber !== undefined || undefined}>
      <section className={css.listPane} aria-label={title}>
        {isSelecting ? (
          <Suspense fallback={header}>
            <h1 className="visually-hidden">{title}</h1>
            <Apart
              part={selectionBar}
              props={{
                selection: selecting.selection,
                isCounting: selecting.isCounting,
                onSelectAll: selecting.isWhole ? undefined : selecting.selectAll,
                onClear: selecting.clear,
              }}
            />
          </Suspense>
        ) : (
          header
        )}
        <FilterBar
          filter={filter}
          onChange={changeFilter}
          actions={
            <SaveViewAction
              filter={filter}
              columns={columns}
              view={savedView}
              isBuiltIn={isBuiltIn}
              onSaved={({ id }) => changeFilter({ ...filter, view: id })}
            />
          }
        />
        <UnreadableNotice names={unreadable(params)} onLeaveOut={() => changeFilter(filter)} />
        <div className={css.rows}>
          {drift.arrived.length > 0 || drift.left.length > 0 ? (
            <span className={css.pill}>
              <Button kind="primary" size="small" onClick={showNews}>
                {drift.arrived.length >= ROWS_PER_PAGE
                  ? t('newTicketsCapped', { count: ROWS_PER_PAGE - 1 })
                  : drift.arrived.length > 0
                    ? t('newTickets', { count: drift.arrived.length })
                    : t('listChanged')}
              </Button>
            </span>
          ) : null}
          {list.isPending ? (
            <LoadingState rows={10} />
          ) : list.isError && rows.length === 0 ? (
            <ErrorState title={problemText(list.error)} onRetry={() => void retry()} />
          ) : rows.length === 0 ? (
            <EmptyList filter={filter} onClear={() => setParams(new URLSearchParams())} />
          ) : (
            <TicketList
              key={listKey}
              ref={handle}
              listKey={listKey}
              firstPlace={firstPlace}
              label={title}
              rows={rows}
              rowHeight={rowHeight}
              columns={columns}
              ageField={filter.order === 'NEWEST' || filter.order === 'OLDEST' ? 'createdAt' : 'updatedAt'}
              hasMore={list.hasNextPage}
              isLoadingMore={list.isFetchingNextPage}
              onLoadMore={list.fetchNextPage}
              hasEarlier={list.hasPreviousPage}
              isLoadingEarlier={list.isFetchingPreviousPage}
              onLoadEarlier={list.fetchPreviousPage}
              onPlace={rememberRow}
              linkTo={linkTo}
              cursor={cursor}
              onCursor={setCursor}
              onMove={(ticketNumber) => {
                setCursor(ticketNumber)
                handle.current?.focusRow(ticketNumber)
              }}
              openNumber={openNumber}
              left={drift.left}
              isSelected={selecting.isSelected}
              onSelect={selecting.onSelect}
              hasUnsentText={(ticketNumber) => unsentTickets.has(ticketNumber)}
            />
          )}
        </div>
        {peekedTicket ? (
          <Suspense>
            <Apart part={peekPanel} props={{ ticket: peekedTicket, onClose: () => setPeeking(false) }} />
          </Suspense>
        ) : null}
      </section>
      {openNumber === undefined ? null : (
        <Suspense>
          <Apart
            key={openNumber}
            part={ticketView}
            props={{ number: openNumber, backTo, onNext: next, onOpen: open, onDone: goOn }}
          />
        </Suspense>
      )}
      {asked && askedTicket ? (
        <PropertyDialog
          property={asked.property}
          ticket={askedTicket}
          onChange={(change) => {
            changeTicket(askedTicket, change)
            if (endsWork(change)) {
              goOn()
            }
          }}
          onClose={() => setAsked(undefined)}
        />
      ) : null}
      {relating?.by === 'merge' ? (
        <Suspense fallback={<SilencedKeys />}>
          <MergeDialog
            numbers={[relating.number]}
            onClose={() => setRelating(undefined)}
            onMerged={(target) => openNumber === relating.number && open(target, { replace: true })}
          />
        </Suspense>
      ) : null}
      {relating?.by === 'link' && relatingTicket ? (
        <Suspense fallback={<SilencedKeys />}>
          <LinkDialog ticket={relatingTicket} onClose={() => setRelating(undefined)} />
        </Suspense>
      ) : null}
      {selecting.dialog}
      {macroTicket ? (
        <Suspense fallback={<SilencedKeys />}>
          <MacroDialog ticket={macroTicket} onClose={() => setMacrosFor(undefined)} />
        </Suspense>
      ) : null}
    </div>
  )
}

/** A list that shows more than its address asked for has to say so. */
function UnreadableNotice({ names, onLeaveOut }: { names: readonly string[]; onLeaveOut: () => void }) {
  const t = useTranslations('tickets.filter')
  return names.length === 0 ? null : (
    <div className={css.unreadable}>
      <Notice tone="warning">
        {t('unreadable', { names: names.join(', ') })}{' '}
        <Button size="small" onClick={onLeaveOut}>
          {t('leaveOut')}
        </Button>
      </Notice>
    </div>
  )
}

function EmptyList({ filter, onClear }: { filter: TicketFilter; onClear: () => void }) {
  const t = useTranslations('tickets')
  return isFiltered(filter) ? (
    <EmptyState
      title={t('empty.filtered')}
      action={<Button onClick={onClear}>{t('empty.showAll')}</Button>}
    />
  ) : (
    <EmptyState
      title={t('empty.all')}
      action={
        <Link to={paths.newTicket} className={buttonClass('primary')}>
          {t('openTicket')}
        </Link>
      }
    />
  )
}

/** The row that keys act on: the open ticket's, or the one last moved to in this list. */
function useCursor(openNumber: number | undefined, listKey: string) {
  const [cursor, setCursor] = useState(openNumber)
  const [seen, setSeen] = useState({ openNumber, listKey })
  if (seen.openNumber !== openNumber || seen.listKey !== listKey) {
    setSeen({ openNumber, listKey })
    setCursor(openNumber ?? (seen.listKey === listKey ? cursor : undefined))
  }
  return [cursor, setCursor] as const
}

/** The best copy of a ticket that this page holds, waiting changes included. */
function useTicketOf(rows: readonly TicketRow[]) {
  const client = useQueryClient()
  const withWaitingChanges = useWithWaitingChanges()
  return (ticketNumber: number): Ticket | TicketRow | undefined => {
    const row = rows.find((each) => each.number === ticketNumber) ?? knownRow(client, ticketNumber)
    const ticket = client.getQueryData(oneTicket(ticketNumber).queryKey)
    const newest = ticket && (!row || ticket.version >= row.version) ? ticket : row
    return newest && withWaitingChanges(newest)
  }
}

function addressSearch(filter: TicketFilter): string {
  const params = filterParams(filter).toString()
  return params === '' ? '' : `?${params}`
}

function numberIn(text: string | undefined): number | undefined {
  return text && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}
