/** How brokers hear of changed configurations (registry spec 11). Pure. */
package io.quorate.registry.config;
