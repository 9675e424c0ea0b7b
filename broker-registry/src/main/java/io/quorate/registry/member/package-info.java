/**
 * A broker in the registry, from session to session: registers, keeps the image, stands for controller and is one. Puts
 * together what the packages below decide, and is as pure as they are.
 */
package io.quorate.registry.member;
