/** What a member is told before it joins. Values only. */
package io.quorate.groups.config;
