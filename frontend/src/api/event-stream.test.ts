import { expect, test } from 'vitest'
import { EventStreamParser } from './event-stream'

function read(...pieces: string[]) {
  const parser = new EventStreamParser()
  const events = pieces.flatMap((piece) => parser.push(piece))
  return { parser, events }
}

test('an event has a name, data and an id', () => {
  const { parser, events } = read('event: ticket\nid: 7\ndata: {"ticket":1}\n\n')
  expect(events).toEqual([{ name: 'ticket', data: '{"ticket":1}' }])
  expect(parser.lastEventId).toBe('7')
})

test.each(['\n', '\r', '\r\n'])('lines end with %j', (end) => {
  const text = ['retry: 1500', 'event: hello', 'data: one', 'data: two', '', ':', 'data: three', '', ''].join(
    end,
  )
  const { parser, events } = read(text)
  expect(events).toEqual([
    { name: 'hello', data: 'one\ntwo' },
    { name: 'message', data: 'three' },
  ])
  expect(parser.retryMs).toBe(1500)
})

test.each(['\n', '\r', '\r\n'])('a stream is read alike however it is cut, with %j', (end) => {
  const text = ['event: a', 'id: 1', 'data: x', 'data: y', '', ': beat', 'id: 2', '', 'data: z', '', ''].join(
    end,
  )
  for (let first = 0; first <= text.length; first++) {
    for (let second = first; second <= text.length; second++) {
      const { parser, events } = read(text.slice(0, first), text.slice(first, second), text.slice(second))
      expect(events).toEqual([
        { name: 'a', data: 'x\ny' },
        { name: 'message', data: 'z' },
      ])
      expect(parser.lastEventId).toBe('2')
    }
  }
})

test('one space behind the colon goes, and a line without a colon is a field without a value', () => {
  expect(read('data:  two spaces\ndata:none\ndata\n\n').events).toEqual([
    { name: 'message', data: ' two spaces\nnone\n' },
  ])
})

test('a comment with an id moves the place on and is no event', () => {
  const { parser, events } = read('id: 1\ndata: x\n\n', ':\nid: 2\n\n')
  expect(events).toHaveLength(1)
  expect(parser.lastEventId).toBe('2')
})

test('an event that broke off has not been told, nor its id', () => {
  const { parser, events } = read('id: 1\ndata: x\n\n', 'id: 2\ndata: y\n')
  expect(events).toHaveLength(1)
  expect(parser.lastEventId).toBe('1')
})

test('an id stays until another comes, fields that nobody knows say nothing', () => {
  const { parser, events } = read(
    'id: 1\ndata: x\n\nfuture: 1\ndata: y\n\nid: a\0b\nretry: soon\ndata: z\n\n',
  )
  expect(events.map(({ data }) => data)).toEqual(['x', 'y', 'z'])
  expect(parser.lastEventId).toBe('1')
  expect(parser.retryMs).toBeUndefined()
})

test('a new stream knows where the one before it ended', () => {
  const parser = new EventStreamParser('41')
  parser.push('data: x\n\n')
  expect(parser.lastEventId).toBe('41')
})
