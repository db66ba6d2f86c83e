import { ErrorCode, OpenFeature } from '@openfeature/server-sdk';
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { ACCESSES, TestRelay, eventually } from '../relay.mjs';

export const ANNA = { targetingKey: 'anna "ü"' };

/** An application of its own that asks through this provider. */
export async function application(provider) {
    const domain = crypto.randomUUID();
    await OpenFeature.setProviderAndWait(domain, provider);
    return OpenFeature.getClient(domain);
}

export function assertDefault(details, ofTheCaller, errorCode) {
    assert.deepEqual(details.value, ofTheCaller);
    assert.equal(details.reason, 'ERROR');
    assert.equal(details.errorCode, errorCode);
}

/**
 * What an application gets from an official client, whatever access the relay gives.
 *
 * @param provider makes the client from address and key, set up as its page says, without a key when there is none
 * @param more     adds what is special about this client; takes a function that gives `{relay, client, access}`
 */
export function contract(provider, more) {
    for (const access of ACCESSES) {
        describe(access.name, () => {
            let relay;
            let client;

            before(async () => {
                relay = await TestRelay.start(access);
            });
            after(() => relay.stop());
            beforeEach(async () => {
                client = await application(provider(relay.address, access.key));
            });
            afterEach(() => OpenFeature.clearProviders());

            test('a boolean arrives with its variation and reason', async () => {
                const details = await client.getBooleanDetails('a-boolean', false, ANNA);
                assert.equal(details.value, true);
                assert.equal(details.variant, 'on');
                assert.equal(details.reason, 'STATIC');
                assert.equal(details.errorCode, undefined);
            });

            test('a string arrives to the letter', async () => {
                assert.equal(await client.getStringValue('a-string', '', ANNA), 'Grüße, "you"');
            });

            test('numbers arrive', async () => {
                assert.equal(await client.getNumberValue('an-integer', 0, ANNA), 42);
                assert.equal(await client.getNumberValue('a-double', 0, ANNA), 0.5);
                assert.equal(await client.getNumberValue('two', 0, ANNA), 2);
            });

            test('an object arrives with all that is in it', async () => {
                const wide = { columns: 3, title: 'News', tags: ['a', 'b'], nested: { deep: true } };
                assert.deepEqual(await client.getObjectValue('an-object', {}, ANNA), wide);
            });

            test('a flag whose name has other characters than letters is found', async () => {
                assert.equal(await client.getBooleanValue('team-a: Größe', false, ANNA), true);
            });

            test('metadata of the flag arrives', async () => {
                const { flagMetadata } = await client.getBooleanDetails('described', false, ANNA);
                assert.equal(flagMetadata.team, 'checkout');
                assert.equal(flagMetadata.tickets, 3);
                assert.equal(flagMetadata.urgent, true);
            });

            test('an unknown flag gives the default and says that there is none', async () => {
                const details = await client.getStringDetails('nowhere', 'default', ANNA);
                assertDefault(details, 'default', ErrorCode.FLAG_NOT_FOUND);
            });

            test('a flag of another type gives the default and says so', async () => {
                const { TYPE_MISMATCH } = ErrorCode;
                assertDefault(await client.getBooleanDetails('a-string', true, ANNA), true, TYPE_MISMATCH);
                assertDefault(await client.getStringDetails('a-boolean', 'default', ANNA), 'default', TYPE_MISMATCH);
                assertDefault(await client.getNumberDetails('an-object', 7, ANNA), 7, TYPE_MISMATCH);
                assertDefault(await client.getObjectDetails('an-integer', { a: 1 }, ANNA), { a: 1 }, TYPE_MISMATCH);
            });

            test('attributes of the context decide', async () => {
                const pro = { targetingKey: 'anna', plan: 'pro', age: 18 };
                let details = await client.getBooleanDetails('for-pros', false, pro);
                assert.equal(details.value, true);
                assert.equal(details.variant, 'all');
                assert.equal(details.reason, 'TARGETING_MATCH');
                details = await client.getBooleanDetails('for-pros', true, { ...pro, age: 17 });
                assert.equal(details.value, false);
                assert.equal(details.reason, 'DEFAULT');
            });

            test('a targeting key with any character is the one that was meant', async () => {
                const meant = { targetingKey: 'a "b" c/ü%20😀&=+\n' };
                assert.equal(await client.getBooleanValue('for-one', false, meant), true);
                const other = { targetingKey: 'a "b" c/ü 😀&=+\n' };
                assert.equal(await client.getBooleanValue('for-one', true, other), false);
            });

            test('a wrong key gives the default and an error where the relay wants one', async () => {
                const asked = await application(provider(relay.address, 'wrong-key'));
                const details = await asked.getNumberDetails('an-integer', 7, ANNA);
                if (access.key === undefined) {
                    assert.equal(details.value, 42);
                    return;
                }
                assertDefault(details, 7, ErrorCode.GENERAL);
                const without = await application(provider(relay.address, undefined));
                assertDefault(await without.getNumberDetails('an-integer', 7, ANNA), 7, ErrorCode.GENERAL);
            });

            test('a changed flag file is seen', async () => {
                assert.match(await client.getStringValue('a-string', '', ANNA), /^Grüße/);
                await relay.edit('Grüße', 'Hallo');
                try {
                    await eventually(
                        () => client.getStringValue('a-string', '', ANNA),
                        (value) => value.startsWith('Hallo'),
                    );
                } finally {
                    await relay.restoreFlags();
                }
            });

            more(() => ({ relay, client, access }));
        });
    }
}
