import { useState } from 'react'
import { Link } from 'react-router'
import { useTranslations } from 'use-intl'
import { useProblemText } from '@/api/use-problem-text'
import { COMMAND_GROUPS, commandIds, definitionOf, VIEW_COMMAND } from '@/features/shared/commands'
import { ownKeysOf } from '@/features/shared/own-keys'
import { assignedKeys, NO_OWN_KEYS, type OwnKeys, useActiveShortcuts } from '@/lib/keyboard'
import { usePageTitle } from '@/lib/use-page-title'
import { paths } from '@/paths'
import { Button } from '@/ui/button'
import { ConfirmDialog } from '@/ui/dialog'
import { Checkbox } from '@/ui/field'
import { KeyCaps } from '@/ui/kbd'
import { ListStates } from '@/ui/states'
import { type Entry, judge, swapped, type Verdict, withKeys } from './key-choice'
import { KeyRecorder } from './key-recorder'
import styles from './keyboard-page.module.css'
import { useKeyboard } from './use-keyboard'

const WHILE_WRITING = [
  { keys: 'Mod+Enter', name: 'send' },
  { keys: 'Mod+Shift+Enter', name: 'sendAndResolve' },
  { keys: 'Escape', name: 'putAside' },
] as const

/** What is being done about one command's keys. */
type Doing =
  | { id: string; kind: 'recording' }
  | { id: string; kind: 'asked'; keys: string; verdict: Exclude<Verdict, { kind: 'free' }> }

/** Every command of the workspace with its keys, which the reader can change. */
export default function KeyboardPage() {
  const t = useTranslations('keyboard')
  const problemText = useProblemText()
  const { query, change } = useKeyboard()
  usePageTitle(t('title'))
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1>{t('title')}</h1>
        <Link to={paths.profile}>{t('toProfile')}</Link>
      </header>
      <p className={styles.intro}>{t('intro')}</p>
      <ListStates query={query} errorText={problemText} loadingRows={8}>
        {(keyboard) => <Keys own={ownKeysOf(keyboard)} onChange={change} />}
      </ListStates>
    </div>
  )
}

function Keys({ own, onChange }: { own: OwnKeys; onChange: (own: OwnKeys) => void }) {
  const t = useTranslations('keyboard')
  const word = useTranslations('commands')
  const groups = useEntries()
  const entries = groups.flatMap((group) => group.entries)
  const [doing, setDoing] = useState<Doing>()
  const [announced, setAnnounced] = useState('')
  const [isAsking, setAsking] = useState(false)

  const changeTo = (next: OwnKeys, said: string) => {
    onChange(next)
    setDoing(undefined)
    setAnnounced(said)
  }

  const choose = (entry: Entry, keys: string) => {
    const verdict = judge(entry, keys, entries, own)
    if (verdict.kind === 'free') {
      changeTo(withKeys(own, entry, keys), t('changed', { name: entry.label }))
    } else {
      setDoing({ id: entry.id, kind: 'asked', keys, verdict })
    }
  }

  return (
    <>
      <section className={styles.section}>
        <Checkbox
          label={t('singleKeys')}
          hint={t('singleKeysHint')}
          checked={own.singleKeys}
          onChange={(event) => onChange({ ...own, singleKeys: event.target.checked })}
        />
        <div>
          <Button disabled={own.keys.size === 0} onClick={() => setAsking(true)}>
            {t('resetAll')}
          </Button>
        </div>
      </section>
      {groups.map(({ group, entries: inGroup }) => (
        <section key={group} className={styles.section} aria-labelledby={`keys-${group}`}>
          <h2 id={`keys-${group}`}>{word(`group.${group}`)}</h2>
          <ul className={styles.commands}>
            {inGroup.map((entry) => (
              <CommandRow
                key={entry.id}
                entry={entry}
                keys={assignedKeys(entry, own)}
                isOwn={own.keys.has(entry.id)}
                doing={doing?.id === entry.id ? doing : undefined}
                onDo={setDoing}
                onChoose={(keys) => choose(entry, keys)}
                onClear={() => changeTo(withKeys(own, entry, ''), t('removed', { name: entry.label }))}
                onSwap={(keys, other) =>
                  changeTo(
                    swapped(own, entry, keys, other),
                    t('swapped', { name: entry.label, other: other.label }),
                  )
                }
              />
            ))}
          </ul>
        </section>
      ))}
      <section className={styles.section} aria-labelledby="keys-writing">
        <h2 id="keys-writing">{word('group.writing')}</h2>
        <p className={styles.intro}>{t('fixed')}</p>
        <ul className={styles.commands}>
          {WHILE_WRITING.map(({ keys, name }) => (
            <li key={name} className={styles.command}>
              <span className={styles.name}>{word(`help.${name}`)}</span>
              <KeyCaps keys={keys} />
            </li>
          ))}
        </ul>
      </section>
      <p className="visually-hidden" role="status">
        {announced}
      </p>
      <ConfirmDialog
        title={t('resetAll')}
        description={t('resetAllText')}
        confirmLabel={t('resetAll')}
        open={isAsking}
        onConfirm={() => {
          changeTo({ ...NO_OWN_KEYS, singleKeys: own.singleKeys }, t('allReset'))
          setAsking(false)
        }}
        onClose={() => setAsking(false)}
      />
    </>
  )
}

interface CommandRowProps {
  entry: Entry
  keys: string | undefined
  isOwn: boolean
  doing: Doing | undefined
  onDo: (doing: Doing | undefined) => void
  onChoose: (keys: string) => void
  onClear: () => void
  onSwap: (keys: string, other: Entry) => void
}

function CommandRow(props: CommandRowProps) {
  const { entry, keys, isOwn, doing, onDo } = props
  const t = useTranslations('keyboard')
  const buttonId = `change-${entry.id}`
  // The button that was pressed may be gone afterwards.
  const backToRow = () => document.getElementById(buttonId)?.focus()
  return (
    <li className={styles.command} data-own={isOwn || undefined}>
      <span className={styles.name}>{entry.label}</span>
      <span className={styles.keys}>
        {keys ? <KeyCaps keys={keys} /> : <span className={styles.none}>{t('none')}</span>}
      </span>
      <span className={styles.actions}>
        <KeyRecorder
          id={buttonId}
          label={entry.label}
          isRecording={doing?.kind === 'recording'}
          onStart={() => onDo({ id: entry.id, kind: 'recording' })}
          onStop={() => onDo(undefined)}
          onKeys={props.onChoose}
        >
          {t('change')}
        </KeyRecorder>
        {keys ? (
          <Button
            size="small"
            kind="quiet"
            aria-label={t('removeFrom', { name: entry.label })}
            onClick={() => {
              props.onClear()
              backToRow()
            }}
          >
            {t('remove')}
          </Button>
        ) : null}
        {isOwn ? (
          <Button
            size="small"
            kind="quiet"
            aria-label={t('resetOf', { name: entry.label })}
            onClick={() => {
              if (entry.keys) props.onChoose(entry.keys)
              else props.onClear()
              backToRow()
            }}
          >
            {t('reset')}
          </Button>
        ) : null}
      </span>
      {doing ? (
        <div className={styles.outcome} role="alert">
          {doing.kind === 'recording' ? (
            t('pressHint')
          ) : (
            <>
              <span>
                <KeyCaps keys={doing.keys} /> <VerdictText verdict={doing.verdict} />
              </span>
              <span className={styles.actions}>
                {doing.verdict.kind === 'taken' ? (
                  <SwapButton
                    doing={doing}
                    other={doing.verdict.other}
                    onSwap={props.onSwap}
                    after={backToRow}
                  />
                ) : null}
                <Button
                  size="small"
                  onClick={() => {
                    onDo(undefined)
                    backToRow()
                  }}
                >
                  {t('leave')}
                </Button>
              </span>
            </>
          )}
        </div>
      ) : null}
    </li>
  )
}

interface SwapButtonProps {
  doing: { keys: string }
  other: Entry
  onSwap: (keys: string, other: Entry) => void
  after: () => void
}

function SwapButton({ doing, other, onSwap, after }: SwapButtonProps) {
  const t = useTranslations('keyboard')
  return (
    <Button
      size="small"
      kind="primary"
      onClick={() => {
        onSwap(doing.keys, other)
        after()
      }}
    >
      {t('swap')}
    </Button>
  )
}

function VerdictText({ verdict }: { verdict: Exclude<Verdict, { kind: 'free' }> }) {
  const t = useTranslations('keyboard.refused')
  switch (verdict.kind) {
    case 'refused':
      return t(verdict.why)
    case 'overlaps':
      return t('overlaps', { other: verdict.other.label })
    case 'taken':
      return t('taken', { other: verdict.other.label })
  }
}

/** All commands by group: those that have a name in the code, and those of the reader's views. */
function useEntries() {
  const word = useTranslations('commands')
  const views = useActiveShortcuts().filter(({ id }) => id.startsWith(VIEW_COMMAND))
  return COMMAND_GROUPS.map((group) => ({
    group,
    entries:
      group === 'view'
        ? views.map(({ id, label, standardKeys }): Entry => ({ id, label, group, keys: standardKeys }))
        : commandIds
            .filter((id) => definitionOf(id).group === group)
            .map((id): Entry => ({ id, label: word(`command.${id}`), group, keys: definitionOf(id).keys })),
  })).filter(({ entries }) => entries.length > 0)
}
