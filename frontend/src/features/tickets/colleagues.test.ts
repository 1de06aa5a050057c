import { expect, test } from 'vitest'
import type { Colleague } from './colleagues'
import { Colleagues } from './colleagues'

const me: Colleague = { id: 'dana', name: 'Dana Whitfield', activity: 'VIEWING' }
const eli: Colleague = { id: 'eli', name: 'Eli Brandt', activity: 'VIEWING' }
const eliReplying: Colleague = { ...eli, activity: 'REPLYING' }

test('knows who else is at a ticket, and when they are gone', () => {
  const colleagues = new Colleagues(me.id)
  colleagues.told({ ticket: 7, people: [me, eli] })
  expect(colleagues.at(7)).toEqual([eli])
  colleagues.told({ ticket: 7, people: [me] })
  expect(colleagues.at(7)).toEqual([])
  expect(colleagues.all().size).toBe(0)
})

test('the same people are the same list, so that rows stay as they are', async () => {
  const colleagues = new Colleagues(me.id)
  colleagues.told({ ticket: 7, people: [eli] })
  const before = colleagues.at(7)
  colleagues.told({ ticket: 7, people: [me, { ...eli }] })
  await colleagues.askFor(async () => [{ ticket: 7, people: [{ ...eli }] }])
  expect(colleagues.at(7)).toBe(before)
  colleagues.told({ ticket: 7, people: [eliReplying] })
  expect(colleagues.at(7)).toEqual([eliReplying])
})

test('all that is told takes the place of what was known', async () => {
  const colleagues = new Colleagues(me.id)
  colleagues.told({ ticket: 7, people: [eli] })
  await colleagues.askFor(async () => [{ ticket: 8, people: [eli] }])
  expect([...colleagues.all().keys()]).toEqual([8])
})

test('what is told meanwhile is newer than the answer', async () => {
  const colleagues = new Colleagues(me.id)
  await colleagues.askFor(async () => {
    colleagues.told({ ticket: 7, people: [eliReplying] })
    colleagues.told({ ticket: 8, people: [] })
    return [
      { ticket: 7, people: [eli] },
      { ticket: 8, people: [eli] },
    ]
  })
  expect(colleagues.at(7)).toEqual([eliReplying])
  expect(colleagues.at(8)).toEqual([])
})

test('an answer that was overtaken by another question is left out', async () => {
  const colleagues = new Colleagues(me.id)
  let answer = (_: { ticket: number; people: Colleague[] }[]) => {}
  const first = colleagues.askFor(() => new Promise((resolve) => (answer = resolve)))
  await colleagues.askFor(async () => [])
  answer([{ ticket: 7, people: [eli] }])
  await first
  expect(colleagues.all().size).toBe(0)
})
