// OpenFeature's client for any server that speaks OFREP: it asks for all flags at once, and again when the user changes,
// when the page is shown and every `pollInterval`. It sends no events.
import { ErrorCode } from '@openfeature/core';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../relay.mjs';
import { assertDefault, contract } from './contract.mjs';

contract('ofrep', (world) => {
    test('a wrong key gives the default and an error where the relay wants one', async () => {
        const { relay, access, open } = world();
        const wrong = await open(relay, 'wrong-key');
        const details = await wrong.details('Number', 'an-integer', 7);
        if (access.key === undefined) assert.equal(details.value, 42);
        else {
            assert.match(wrong.failure, /ProviderFatalError/);
            assertDefault(details, 7, ErrorCode.PROVIDER_FATAL);
            assert.equal(await wrong.text('h1'), 'not yet');
        }
        await wrong.close();
    });

    // A question about all flags says nothing about which of them is used.
    test('only questions about one flag leave events', async () => {
        const { relay, access, open } = world();
        const zoe = { targetingKey: 'zoe' };
        const app = await open(relay, access.key, zoe);
        assert.equal(await app.value('Boolean', 'a-boolean', false), true);
        await fetch(`${relay.address}/ofrep/v1/evaluate/flags/an-integer`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json', 'X-API-Key': access.key ?? '' },
            body: JSON.stringify({ context: zoe }),
        });
        const events = await eventually(() => relay.eventsOf('zoe'), (seen) => seen.length > 0);
        assert.deepEqual(events.map((event) => event.key), ['an-integer']);
        await app.close();
    });
});
