import { useQuery } from '@tanstack/react-query'
import type { KeyboardEvent, ReactNode } from 'react'
import { Fragment, useEffect, useId, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { useLocale, useTranslations } from 'use-intl'
import { useCurrentUser } from '@/api/session'
import { useCommandKeys } from '@/features/shared/command-keys'
import { StatusMark } from '@/features/tickets/marks'
import { organisationsMatching, searchSuggestions } from '@/features/tickets/queries'
import { withPerson } from '@/features/tickets/search-text'
import { EVERYTHING } from '@/features/tickets/ticket-filter'
import { listPath } from '@/features/tickets/ticket-views'
import { chordOf, type Shortcut } from '@/lib/keyboard'
import { useDebounced } from '@/lib/use-debounced'
import { paths } from '@/paths'
import { Icon } from '@/ui/icons'
import { KeyCaps } from '@/ui/kbd'
import { QuickDialog } from '@/ui/quick-dialog'
import styles from './command-palette.module.css'
import { commandsAtFirst, commandsMatching, SEARCH_LENGTH_MIN, ticketNumberIn } from './palette-options'
import { recentCommands, rememberCommand } from './recent-commands'

const PAUSE_MS = 150
const QUERY_LENGTH_MAX = 300
const PAGE = 8

type Section = 'recent' | 'commands' | 'tickets' | 'people' | 'organisations' | 'search'

interface Option {
  key: string
  section: Section
  content: ReactNode
  choose: () => void
}

interface CommandPaletteDialogProps {
  commands: readonly Shortcut[]
  onClose: () => void
  /** Closes the palette and then does what was chosen. */
  onChosen: (run: () => void) => void
}

/** A field, and under it whatever it may mean. The focus stays in the field; arrows move the active option. */
export function CommandPaletteDialog({ commands, onClose, onChosen }: CommandPaletteDialogProps) {
  const t = useTranslations('commands.palette')
  const me = useCurrentUser()
  const navigate = useNavigate()
  const englishName = useEnglishNames()
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const openingKeys = useCommandKeys('palette.open')
  const [typed, setTyped] = useState('')
  const [activeKey, setActiveKey] = useState<string>()
  const [recentIds] = useState(() => recentCommands(me.id))
  const text = typed.trim()
  const asked = useDebounced(text, PAUSE_MS)
  const isAsking = asked.length >= SEARCH_LENGTH_MIN || ticketNumberIn(asked) !== undefined
  const suggestions = useQuery({ ...searchSuggestions(asked), enabled: isAsking })
  const organisations = useQuery({ ...organisationsMatching(asked), enabled: isAsking })
  // What was found for an earlier text must not be chosen for this one.
  const isFound = isAsking && text === asked
  const found = isFound && !suggestions.isPlaceholderData ? suggestions.data : undefined
  const foundOrganisations = isFound && !organisations.isPlaceholderData ? organisations.data : undefined
  const isSearching = text.length >= SEARCH_LENGTH_MIN && !(found || suggestions.isError)

  const goTo = (path: string) => onChosen(() => void navigate(path))
  const command = (each: Shortcut, section: Section): Option => ({
    key: each.id,
    section,
    content: <CommandContent command={each} />,
    choose: () => {
      rememberCommand(me.id, each.id)
      onChosen(each.run)
    },
  })

  const options: Option[] = []
  const offered = commands.filter((each) => each.id !== 'palette.open')
  if (text === '') {
    const { recent, others } = commandsAtFirst(offered, recentIds)
    options.push(...recent.map((each) => command(each, 'recent')))
    options.push(...others.map((each) => command(each, 'commands')))
  } else {
    const number = ticketNumberIn(text)
    const tickets = found?.tickets ?? []
    if (number !== undefined && !tickets.some((ticket) => ticket.number === number)) {
      options.push({
        key: `ticket-${number}`,
        section: 'tickets',
        content: (
          <>
            <Icon name="ticket" size={16} />
            <span className={styles.name}>{t('openNumber', { number: String(number) })}</span>
          </>
        ),
        choose: () => goTo(paths.ticket(number)),
      })
    }
    const ticketOptions = tickets.map(
      (ticket): Option => ({
        key: `ticket-${ticket.number}`,
        section: 'tickets',
        content: (
          <>
            <StatusMark status={ticket.status} iconOnly />
            <span className={styles.name}>{ticket.subject}</span>
            <span className={styles.detail}>#{ticket.number}</span>
          </>
        ),
        choose: () => goTo(paths.ticket(ticket.number)),
      }),
    )
    const commandOptions = commandsMatching(offered, text, englishName, recentIds).map((each) =>
      command(each, 'commands'),
    )
    // Whoever types a number means a ticket.
    options.push(
      ...(number === undefined
        ? [...commandOptions, ...ticketOptions]
        : [...ticketOptions, ...commandOptions]),
    )
    for (const person of found?.people ?? []) {
      options.push({
        key: `person-${person.id}`,
        section: 'people',
        content: (
          <>
            <Icon name="person" size={16} />
            <span className={styles.name}>{person.name}</span>
            <span className={styles.detail}>{person.email}</span>
          </>
        ),
        choose: () => goTo(paths.search(withPerson('', person.email))),
      })
    }
    for (const organisation of foundOrganisations ?? []) {
      options.push({
        key: `organisation-${organisation.id}`,
        section: 'organisations',
        content: (
          <>
            <Icon name="building" size={16} />
            <span className={styles.name}>{organisation.name}</span>
          </>
        ),
        choose: () => goTo(listPath({ ...EVERYTHING, organisation: organisation.id })),
      })
    }
    options.push({
      key: 'search',
      section: 'search',
      content: (
        <>
          <Icon name="search" size={16} />
          <span className={styles.name}>{t('searchFor', { q: text })}</span>
        </>
      ),
      choose: () => goTo(paths.search(text)),
    })
  }

  // By name, not by place: what arrives later must not slip under the finger.
  const active = Math.max(
    options.findIndex(({ key }) => key === activeKey),
    0,
  )
  const optionId = (index: number) => `${id}-${index}`

  useEffect(() => {
    list.current?.querySelector(`[data-index="${active}"]`)?.scrollIntoView?.({ block: 'nearest' })
  }, [active])

  const moveTo = (index: number) =>
    setActiveKey(options.at(Math.min(Math.max(index, 0), options.length - 1))?.key)
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) {
      return
    }
    const last = options.length - 1
    const moves: Record<string, number> = {
      ArrowDown: active === last ? 0 : active + 1,
      ArrowUp: active === 0 ? last : active - 1,
      PageDown: active + PAGE,
      PageUp: active - PAGE,
      Home: 0,
      End: last,
    }
    const to = moves[event.key]
    if (chordOf(event.nativeEvent) === openingKeys) {
      // Once more closes it again.
      event.preventDefault()
      onClose()
    } else if (to !== undefined && !event.shiftKey) {
      event.preventDefault()
      moveTo(to)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      options[active]?.choose()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      onClose()
    } else if (event.key === 'Tab') {
      // There is nowhere else to go.
      event.preventDefault()
    }
  }

  return (
    <QuickDialog title={t('label')} onClose={onClose} size="wide" hideTitle>
      <div className={styles.frame}>
        <Icon name="command" size={18} />
        <input
          className={styles.field}
          type="text"
          role="combobox"
          aria-label={t('label')}
          aria-describedby={`${id}-hint`}
          aria-expanded={options.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={options.length > 0 ? optionId(active) : undefined}
          autoComplete="off"
          autoCapitalize="off"
          enterKeyHint="go"
          spellCheck={false}
          placeholder={t('placeholder')}
          maxLength={QUERY_LENGTH_MAX}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setActiveKey(undefined)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <p id={`${id}-hint`} className="visually-hidden">
        {t('hint')}
      </p>
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={t('results')} className={styles.list}>
        {sectionsOf(options).map(([section, inSection]) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a list box
          <div key={section} role="group" aria-labelledby={`${id}-${section}`}>
            <div id={`${id}-${section}`} className={styles.section} role="presentation">
              {t(section)}
            </div>
            {inSection.map(([option, index]) => (
              <Fragment key={option.key}>
                {/* biome-ignore lint/a11y/useFocusableInteractive: the field points at the active option */}
                {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys */}
                <div
                  id={optionId(index)}
                  role="option"
                  aria-selected={index === active}
                  data-index={index}
                  data-active={index === active || undefined}
                  className={styles.option}
                  onMouseMove={() => setActiveKey(option.key)}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={option.choose}
                >
                  {option.content}
                </div>
              </Fragment>
            ))}
          </div>
        ))}
      </div>
      {suggestions.isError && isAsking ? (
        <p className={styles.note} role="alert">
          {t('failed')}
        </p>
      ) : null}
      <p className="visually-hidden" role="status">
        {isSearching ? t('searching') : t('count', { count: options.length })}
      </p>
    </QuickDialog>
  )
}

function CommandContent({ command }: { command: Shortcut }) {
  const about = command.about?.()
  return (
    <>
      <span className={styles.name}>
        <span className={styles.group}>{command.group}</span> {command.label}
        {about ? <span className={styles.about}> {about}</span> : null}
      </span>
      {command.keys ? <KeyCaps keys={command.keys} /> : null}
    </>
  )
}

/** The options in stretches of one section each, with their places among all. */
function sectionsOf(options: readonly Option[]): [Section, [Option, number][]][] {
  return [...Map.groupBy(options.entries(), ([, { section }]) => section)].map(([section, inSection]) => [
    section,
    inSection.map(([index, option]) => [option, index]),
  ])
}

type Texts = { [name: string]: Texts | unknown }

/** What commands are called in English, for those who know them by that name. */
function useEnglishNames(): (id: string) => string | undefined {
  const locale = useLocale()
  const [names, setNames] = useState<Texts>({})
  useEffect(() => {
    if (locale !== 'en') {
      import('@/messages/en/commands.json').then(
        ({ default: texts }) => setNames(texts.command),
        // Without them the reader's own language still does.
        () => {},
      )
    }
  }, [locale])
  return (id) => {
    const name = id.split('.').reduce<unknown>((texts, part) => (texts as Texts | undefined)?.[part], names)
    return typeof name === 'string' ? name : undefined
  }
}
