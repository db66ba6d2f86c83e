// OpenFeature's client for any server that speaks OFREP. It keeps nothing and sends no events.
import { OFREPProvider } from '@openfeature/ofrep-provider';
import { ErrorCode } from '@openfeature/server-sdk';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../relay.mjs';
import { ANNA, assertDefault, contract } from './contract.mjs';

function provider(baseUrl, key) {
    return new OFREPProvider({ baseUrl, headers: key === undefined ? [] : [['Authorization', `Bearer ${key}`]] });
}

contract(provider, (world) => {
    test('an evaluation reaches the exporters', async () => {
        const { relay, client } = world();
        await client.getBooleanValue('a-boolean', false, { targetingKey: 'eve' });
        const [event] = await eventually(() => relay.eventsOf('eve'), (events) => events.length === 1);
        assert.equal(event.key, 'a-boolean');
        assert.equal(event.variation, 'on');
        assert.equal(event.value, true);
    });

    // A defect of the client: it compares the type before it looks at the reason.
    test('a disabled flag gives the default, as if it were of another type', async () => {
        const { client } = world();
        assertDefault(await client.getBooleanDetails('disabled', true, ANNA), true, ErrorCode.TYPE_MISMATCH);
        assertDefault(await client.getStringDetails('disabled', 'mine', ANNA), 'mine', ErrorCode.TYPE_MISMATCH);
    });

    // And then, null is an object for it.
    test('a disabled flag gives null where an object is asked for', async () => {
        const details = await world().client.getObjectDetails('disabled', { a: 1 }, ANNA);
        assert.equal(details.value, null);
        assert.equal(details.reason, 'DISABLED');
    });
});
