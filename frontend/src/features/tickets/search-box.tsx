import { useQuery } from '@tanstack/react-query'
import type { KeyboardEvent, ReactNode } from 'react'
import { useId, useRef, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { useTranslations } from 'use-intl'
import { CommandKeys, useCommandKeys } from '@/features/shared/command-keys'
import { useCommands } from '@/features/shared/use-commands'
import { ariaKeys } from '@/lib/keyboard'
import { useDebounced } from '@/lib/use-debounced'
import { paths } from '@/paths'
import { Icon } from '@/ui/icons'
import { StatusMark } from './marks'
import { searchSuggestions } from './queries'
import css from './search-box.module.css'
import { lastWordOf, withLastWord, withPerson, withTag } from './search-text'

const PAUSE_MS = 150
const QUERY_LENGTH_MAX = 300

/** The search, wherever one is: `/` leads to it, and what it may mean shows while typing. */
export function SearchBox({ withKey = false }: { withKey?: boolean }) {
  const { pathname, search } = useLocation()
  const q = pathname === paths.search() ? (new URLSearchParams(search).get('q') ?? '') : ''
  // Another address is another search: what was typed belongs to the one before.
  return <Box key={q} q={q} withKey={withKey} />
}

interface Option {
  key: string
  kind: 'search' | 'ticket' | 'person' | 'tag' | 'operator'
  content: ReactNode
  choose: () => void
}

function Box({ q, withKey }: { q: string; withKey: boolean }) {
  const t = useTranslations('tickets.search')
  const navigate = useNavigate()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(q)
  const [isOpen, setOpen] = useState(false)
  const [activeKey, setActiveKey] = useState<string>()
  const asked = useDebounced(typed.trim(), PAUSE_MS)
  const isAsking = isOpen && asked !== ''
  const { data: found } = useQuery({ ...searchSuggestions(asked), enabled: isAsking })

  const keys = useCommandKeys('go.search')
  useCommands([
    {
      id: 'go.search',
      disabled: !withKey,
      run: () => {
        // A phone has no field here, but a page for it.
        if (input.current?.checkVisibility?.() === false) {
          void navigate(paths.search())
        } else {
          input.current?.focus()
          input.current?.select()
        }
      },
    },
  ])

  const leave = (to: string) => {
    setOpen(false)
    input.current?.blur()
    void navigate(to)
  }
  const searchFor = (text: string) => leave(paths.search(text.trim()))
  const goOnTyping = (text: string) => {
    setTyped(text)
    setActiveKey(undefined)
    input.current?.focus()
  }

  const options: Option[] = []
  if (isOpen && typed.trim() !== '') {
    options.push({
      key: 'search',
      kind: 'search',
      content: t('searchFor', { q: typed.trim() }),
      choose: () => searchFor(typed),
    })
    if (isAsking) {
      for (const ticket of found?.tickets ?? []) {
        options.push({
          key: `ticket-${ticket.number}`,
          kind: 'ticket',
          content: (
            <>
              <StatusMark status={ticket.status} iconOnly />
              <span className={css.subject}>{ticket.subject}</span>
              <span className={css.detail}>#{ticket.number}</span>
            </>
          ),
          choose: () => leave(paths.ticket(ticket.number)),
        })
      }
      for (const person of found?.people ?? []) {
        options.push({
          key: `person-${person.id}`,
          kind: 'person',
          content: (
            <>
              <Icon name="person" size={16} />
              <span className={css.subject}>{person.name}</span>
              <span className={css.detail}>{person.email}</span>
            </>
          ),
          choose: () => searchFor(withPerson(typed, person.email)),
        })
      }
      for (const tag of found?.tags ?? []) {
        options.push({
          key: `tag-${tag}`,
          kind: 'tag',
          content: (
            <>
              <Icon name="tag" size={16} />
              <span className={css.subject}>{tag}</span>
            </>
          ),
          choose: () => searchFor(withTag(typed, tag)),
        })
      }
      for (const operator of found?.operators ?? []) {
        options.push({
          key: `operator-${operator}`,
          kind: 'operator',
          content: <code className={css.operator}>{operator}</code>,
          choose: () => goOnTyping(withLastWord(typed, operator.endsWith(':') ? operator : `${operator} `)),
        })
      }
    }
  }
  // By name, not by place: what arrives later must not slip under the finger.
  const active = Math.max(
    options.findIndex(({ key }) => key === activeKey),
    0,
  )
  const firstOf = (option: Option) => options.findIndex(({ kind }) => kind === option.kind)

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) {
      return
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setOpen(true)
      const step = event.key === 'ArrowDown' ? 1 : -1
      setActiveKey(options.at((active + step) % options.length)?.key)
    } else if (event.key === 'Tab' && options[active]?.kind === 'operator' && lastWordOf(typed).word !== '') {
      event.preventDefault()
      options[active]?.choose()
    } else if (event.key === 'Enter') {
      event.preventDefault()
      options[active]?.choose()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      if (isOpen && options.length > 0) {
        setOpen(false)
      } else {
        input.current?.blur()
      }
    }
  }

  return (
    <search className={css.search}>
      <span className={css.frame}>
        <Icon name="search" size={16} />
        <input
          ref={input}
          type="search"
          role="combobox"
          className={css.input}
          aria-label={t('label')}
          aria-expanded={options.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={options.length > 0 ? `${id}-${active}` : undefined}
          aria-keyshortcuts={withKey ? ariaKeys(keys) : undefined}
          placeholder={t('placeholder')}
          autoComplete="off"
          spellCheck={false}
          maxLength={QUERY_LENGTH_MAX}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setActiveKey(undefined)
            setOpen(true)
          }}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
        {withKey && keys ? (
          <span className={css.key} aria-hidden="true">
            <CommandKeys id="go.search" />
          </span>
        ) : null}
      </span>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t('suggestions')}
        className={css.list}
        hidden={options.length === 0}
      >
        {options.map((option, index) => (
          // The field keeps the focus and handles the keys, so the options need neither.
          // biome-ignore lint/a11y/useFocusableInteractive: the field points at the active option
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys
          <div
            key={option.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            className={css.option}
            data-active={index === active || undefined}
            data-first={(index > 0 && firstOf(option) === index) || undefined}
            onMouseMove={() => setActiveKey(option.key)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={option.choose}
          >
            {option.kind === 'search' ? null : (
              <span className="visually-hidden">{`${t(option.kind)}: `}</span>
            )}
            {option.content}
          </div>
        ))}
      </div>
    </search>
  )
}
