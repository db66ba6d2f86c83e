/// Who may come in, and to which flags: [KeyGate] is the door, [Access] what it goes by.
package dev.jackstaff.relay.auth;
