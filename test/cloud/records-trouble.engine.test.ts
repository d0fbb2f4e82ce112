// What a good day never shows: throttling, conflicts, short answers, replies that get lost.
import { afterEach, describe, expect, it } from 'vitest'
import { engineFrom } from '../../shared/cloud/dynamodb-engine.ts'
import { recordsOn } from '../../shared/cloud/records-dynamodb.ts'
import { Busy } from '../../shared/kernel/busy.ts'
import { changing, putting } from '../../shared/kernel/records.ts'
import { clockAt, seededRandom } from '../support/clocks.ts'
import { wiringTo } from '../support/engines.ts'
import { type Asked, fault, ok, type Reply, type ScriptedServer, scriptedServer } from '../support/scripted-server.ts'
import { holders, keyOf, voucher, vouchers } from './test-tables.ts'

const BUDGET_MS = 1_000
const opened: ScriptedServer[] = []
afterEach(async () => {
  for (const server of opened.splice(0)) await server.stop()
})

interface Given {
  /** How long a pause takes that was to last so long. */
  pauseLasts(milliseconds: number): number
}

const recordsAgainst = async (answer: (asked: Asked, count: number) => Reply, given?: Given) => {
  const server = await scriptedServer(answer)
  opened.push(server)
  const clock = clockAt('2026-11-20T12:00:00+08:00')
  const wiring = wiringTo(server.endpoint, [vouchers, holders], BUDGET_MS)
  const slept = {
    ...clock,
    pause: (milliseconds: number) => clock.pause(given?.pauseLasts(milliseconds) ?? milliseconds),
  }
  const records = recordsOn(engineFrom(wiring, { clock: slept, random: seededRandom('trouble') }))
  return { records, clock, asked: server.asked }
}

const inTurn =
  (...replies: readonly Reply[]) =>
  (_: Asked, count: number): Reply =>
    replies[count - 1] ?? ok()
const stored = { owner: { S: 'bear' }, name: { S: 'v-1' }, status: { S: 'ISSUED' }, count: { N: '100' } }
const otherStored = { ...stored, status: { S: 'THEIRS' } }
const cancelled = (...codes: readonly (string | { Code: string; Item: unknown })[]): Reply =>
  fault('TransactionCanceledException', {
    CancellationReasons: codes.map((code) => (typeof code === 'string' ? { Code: code } : code)),
  })
const failed = (Item: unknown) => ({ Code: 'ConditionalCheckFailed', Item })
const put = putting(vouchers, voucher())
const spend = changing(holders, { key: 'k' }, { add: { level: -1 } }, { level: 1 })

describe('a single put', () => {
  it('is one request with its condition, and asks for the item found', async () => {
    const { records, asked } = await recordsAgainst(() => ok())
    await records.putIfAbsent(vouchers, voucher())
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({
      action: 'PutItem',
      body: {
        Item: stored,
        ConditionExpression: 'attribute_not_exists(#0)',
        ExpressionAttributeNames: { '#0': 'owner' },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    })
  })

  it.each([
    'ProvisionedThroughputExceededException',
    'ThrottlingException',
    'RequestLimitExceeded',
    'TransactionConflictException',
  ])('comes through %s with pauses that grow', async (name) => {
    const { records, clock, asked } = await recordsAgainst(inTurn(fault(name), fault(name), fault(name)))
    expect(await records.putIfAbsent(vouchers, voucher())).toEqual({ ok: true, value: voucher() })
    expect(asked).toHaveLength(4)
    expect(clock.pausesMs).toHaveLength(3)
    expect(clock.pausesMs.every((pauseMs, index) => pauseMs <= 20 * 2 ** index)).toBe(true)
  })

  it('throttled for ever says so within half of the time budget', async () => {
    const { records, clock, asked } = await recordsAgainst(() => fault('ThrottlingException'))
    const begunAt = clock.now()
    await expect(records.putIfAbsent(vouchers, voucher())).rejects.toThrow(Busy)
    expect(clock.now() - begunAt).toBeLessThanOrEqual(BUDGET_MS / 2)
    expect(asked.length).toBeGreaterThan(3)
    expect(asked.length).toBeLessThanOrEqual(12)
  })

  it('does not go on when its function was frozen in a pause and thawed minutes later', async () => {
    const { records, clock, asked } = await recordsAgainst(() => fault('ThrottlingException'), {
      pauseLasts: (milliseconds) => milliseconds + 300_000,
    })
    await expect(records.putIfAbsent(vouchers, voucher())).rejects.toThrow(Busy)
    expect(asked).toHaveLength(1)
    expect(clock.pausesMs).toHaveLength(1)
  })

  it.each(['hang up', fault('InternalServerError', {}, 500)] as const)(
    'that was carried out but not answered is a success, not a repeat (%#)',
    async (lost) => {
      const found = fault('ConditionalCheckFailedException', { Item: stored })
      const { records } = await recordsAgainst(inTurn(lost, found))
      expect(await records.putIfAbsent(vouchers, voucher())).toEqual({ ok: true, value: voucher() })
    },
  )

  it('that finds another item after a lost reply is told so', async () => {
    const found = fault('ConditionalCheckFailedException', { Item: otherStored })
    const { records } = await recordsAgainst(inTurn('hang up', found))
    const refusal = { found: voucher({ status: 'THEIRS' }) }
    expect(await records.putIfAbsent(vouchers, voucher())).toEqual({ ok: false, refusal })
  })

  it('that finds its own item without a lost reply is a repeat', async () => {
    const { records } = await recordsAgainst(() => fault('ConditionalCheckFailedException', { Item: stored }))
    expect(await records.putIfAbsent(vouchers, voucher())).toEqual({ ok: false, refusal: { found: voucher() } })
  })

  it('that is never answered ends within the budget', async () => {
    const { records } = await recordsAgainst(() => 'never answer')
    const begunAt = performance.now()
    // The test's clock stands still, so the attempts are bounded by their count; the first already waits 400 ms.
    const trying = records.change(vouchers, keyOf(voucher()), { add: { count: 1 } }, {})
    await expect(trying).rejects.toThrow(Busy)
    expect(performance.now() - begunAt).toBeLessThan(BUDGET_MS)
  })

  it.each(['ValidationException', 'ResourceNotFoundException', 'AccessDeniedException'])(
    'is not repeated after %s',
    async (name) => {
      const { records, asked } = await recordsAgainst(() => fault(name))
      await expect(records.putIfAbsent(vouchers, voucher())).rejects.toThrow(name)
      expect(asked).toHaveLength(1)
    },
  )
})

describe('a change', () => {
  it('that adds is not sent again when the first reply was lost', async () => {
    const { records, asked } = await recordsAgainst(() => 'hang up')
    const change = records.change(vouchers, keyOf(voucher()), { add: { count: -1 } }, { status: 'ISSUED' })
    await expect(change).rejects.toThrow(Busy)
    expect(asked).toHaveLength(1)
  })

  it('that only sets is sent again, and its failed condition is then nobody knows whose', async () => {
    const met = await recordsAgainst(inTurn('hang up', ok({ Attributes: stored })))
    const change = { set: { count: 100 } }
    expect(await met.records.change(vouchers, keyOf(voucher()), change, {})).toEqual({ ok: true, value: voucher() })
    const unmet = await recordsAgainst(inTurn('hang up', fault('ConditionalCheckFailedException', { Item: stored })))
    await expect(unmet.records.change(vouchers, keyOf(voucher()), change, {})).rejects.toThrow(Busy)
  })
})

describe('a transaction', () => {
  it('is sent again after a conflict, with the same token', async () => {
    const { records, asked } = await recordsAgainst(
      inTurn(cancelled('None', 'TransactionConflict'), fault('TransactionInProgressException'), 'hang up'),
    )
    expect(await records.together([put, spend])).toEqual({ ok: true, value: undefined })
    const tokens = asked.map(({ body }) => body.ClientRequestToken)
    expect(tokens).toHaveLength(4)
    expect(new Set(tokens).size).toBe(1)
    expect(tokens[0]).toMatch(/^[0-9a-f]{32}$/)
  })

  it('has another token each time it is asked for', async () => {
    const { records, asked } = await recordsAgainst(() => ok())
    await records.together([put])
    await records.together([put])
    expect(new Set(asked.map(({ body }) => body.ClientRequestToken)).size).toBe(2)
  })

  it('tells a failed condition from a conflict, and gives the item found', async () => {
    const { records, asked } = await recordsAgainst(() =>
      cancelled('None', failed({ key: { S: 'k' }, level: { N: '7' } })),
    )
    const refusal = { index: 1, found: { key: 'k', level: 7 } }
    expect(await records.together([put, spend])).toEqual({ ok: false, refusal })
    expect(asked).toHaveLength(1)
  })

  it('names a failed condition even beside a conflict', async () => {
    const { records } = await recordsAgainst(() => cancelled('TransactionConflict', failed(undefined)))
    expect(await records.together([put, spend])).toEqual({ ok: false, refusal: { index: 1 } })
  })

  it.each(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])(
    'with %s for ever says that there is no room',
    async (code) => {
      const { records, asked } = await recordsAgainst(() => cancelled('None', code))
      await expect(records.together([put, spend])).rejects.toThrow(Busy)
      expect(asked.length).toBeGreaterThan(3)
    },
  )

  it('cancelled for a bug of ours is not sent again', async () => {
    const { records, asked } = await recordsAgainst(() => cancelled('TransactionConflict', 'ValidationError'))
    await expect(records.together([put, spend])).rejects.toThrow('TransactionCanceledException')
    expect(asked).toHaveLength(1)
  })
})

describe('a read', () => {
  const keys = ['a', 'b', 'c'].map((name) => ({ owner: 'bear', name }))
  const rowsOf = (asked: Asked) => {
    const [[table = '', wanted] = []] = Object.entries(Object(asked.body.RequestItems))
    return { table, wanted: Object(wanted).Keys }
  }

  it('of many keys asks again for those that were not answered', async () => {
    const { records, asked } = await recordsAgainst((request) => {
      const { table, wanted } = rowsOf(request)
      const [first, ...rest] = wanted
      const rows = { Responses: { [table]: [{ ...stored, ...first }] } }
      return ok(rest.length > 0 ? { ...rows, UnprocessedKeys: { [table]: { Keys: rest } } } : rows)
    })
    const found = await records.getMany(vouchers, keys)
    expect(found.map((item) => item?.name)).toEqual(['a', 'b', 'c'])
    expect(asked.map((request) => rowsOf(request).wanted.length)).toEqual([3, 2, 1])
  })

  it('of many keys that never come is an error, not a short answer', async () => {
    const { records } = await recordsAgainst((request) => {
      const { table, wanted } = rowsOf(request)
      return ok({ Responses: {}, UnprocessedKeys: { [table]: { Keys: wanted } } })
    })
    await expect(records.getMany(vouchers, keys)).rejects.toThrow(Busy)
  })

  const stopsEarly = (request: Asked, count: number): Reply => {
    const row = { ...stored, name: { S: `n-${String(count).padStart(3, '0')}` } }
    const LastEvaluatedKey = { owner: row.owner, name: row.name }
    return ok({ Items: Number(request.body.Limit) > 0 && count % 2 === 0 ? [row] : [], LastEvaluatedKey })
  }

  it('of a range goes on where the engine stopped early, asking only for what is missing', async () => {
    const { records, asked } = await recordsAgainst(stopsEarly)
    const page = await records.list(vouchers, { partition: 'bear', limit: 3 })
    expect(page.items.map((item) => item.name)).toEqual(['n-002', 'n-004', 'n-006'])
    expect(page.after).toBe('n-006')
    expect(asked.map(({ body }) => body.Limit)).toEqual([3, 3, 2, 2, 1, 1])
  })

  it('of a range ends after 32 requests and says where to go on', async () => {
    const { records, asked } = await recordsAgainst(stopsEarly)
    const page = await records.list(vouchers, { partition: 'bear', limit: 100 })
    expect(asked).toHaveLength(32)
    expect(page.items).toHaveLength(16)
    expect(page.after).toBe('n-032')
  })

  it('is consistent only when that is asked for', async () => {
    const { records, asked } = await recordsAgainst(() => ok())
    await records.get(vouchers, keyOf(voucher()))
    await records.get(vouchers, keyOf(voucher()), { consistent: true })
    await records.list(vouchers, { partition: 'bear', limit: 1 })
    await records.list(vouchers, { partition: 'bear', limit: 1, consistent: true })
    expect(asked.map(({ body }) => body.ConsistentRead)).toEqual([false, true, false, true])
  })

  it('of many keys is consistent when that is asked for, also for those that are asked for again', async () => {
    const { records, asked } = await recordsAgainst((request, count) => {
      const { table, wanted } = rowsOf(request)
      return ok({ Responses: {}, UnprocessedKeys: count === 2 ? { [table]: { Keys: wanted } } : {} })
    })
    await records.getMany(vouchers, keys)
    await records.getMany(vouchers, keys, { consistent: true })
    const wishes = asked.map(({ body }) => Object.values(Object(body.RequestItems)).map((wish) => Object(wish)))
    expect(wishes.flat().map((wish) => wish.ConsistentRead)).toEqual([false, true, true])
  })

  it('that fails is an error, not an empty list', async () => {
    const { records } = await recordsAgainst(() => fault('ResourceNotFoundException'))
    await expect(records.list(vouchers, { partition: 'bear', limit: 1 })).rejects.toThrow('ResourceNotFoundException')
    await expect(records.get(vouchers, keyOf(voucher()))).rejects.toThrow('ResourceNotFoundException')
  })
})
