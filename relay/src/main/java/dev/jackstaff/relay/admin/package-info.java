/// What people with an admin key can do: [AdminRoutes] is the door.
package dev.jackstaff.relay.admin;
