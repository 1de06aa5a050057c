import type { KeyboardEvent, ReactNode } from 'react'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { beginsWithCharacter, chordOf, isHalfAKey, SEQUENCE_PAUSE_MAX_MS } from '@/lib/keyboard'
import { buttonClass } from '@/ui/button'
import { KeyCaps } from '@/ui/kbd'

interface KeyRecorderProps {
  id: string
  label: string
  isRecording: boolean
  onStart: () => void
  onStop: () => void
  /** One combination, or two keys pressed one after the other. */
  onKeys: (keys: string) => void
  children: ReactNode
}

/** A button that, once pressed, waits for keys: what they are otherwise for they do not do meanwhile. */
export function KeyRecorder({ id, label, isRecording, onStart, onStop, onKeys, children }: KeyRecorderProps) {
  const t = useTranslations('keyboard')
  const [first, setFirst] = useState<string>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => () => clearTimeout(timer.current), [])

  const stop = () => {
    clearTimeout(timer.current)
    setFirst(undefined)
  }
  const finish = (keys: string) => {
    stop()
    onKeys(keys)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (!isRecording) {
      return
    }
    event.preventDefault()
    event.stopPropagation()
    if (event.repeat || event.nativeEvent.isComposing || isHalfAKey(event.key)) {
      return
    }
    const chord = chordOf(event.nativeEvent)
    if (chord === 'Escape') {
      stop()
      onStop()
    } else if (first) {
      finish(`${first} ${chord}`)
    } else if (beginsWithCharacter(chord) && chord !== 'Space') {
      // A second key may follow.
      setFirst(chord)
      timer.current = setTimeout(() => finish(chord), SEQUENCE_PAUSE_MAX_MS)
    } else {
      finish(chord)
    }
  }

  return (
    <button
      type="button"
      id={id}
      className={buttonClass(isRecording ? 'primary' : 'secondary', 'small')}
      aria-label={isRecording ? t('pressFor', { name: label }) : t('changeFor', { name: label })}
      onClick={() => {
        if (!isRecording) onStart()
      }}
      onKeyDown={onKeyDown}
      onKeyUp={(event) => {
        // The Space that is being recorded must not press the button as well.
        if (isRecording) event.preventDefault()
      }}
      onBlur={() => {
        stop()
        if (isRecording) onStop()
      }}
    >
      {isRecording ? first ? <KeyCaps keys={first} /> : t('press') : children}
    </button>
  )
}
