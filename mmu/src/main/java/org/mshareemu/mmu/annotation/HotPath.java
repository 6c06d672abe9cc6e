package org.mshareemu.mmu.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Runs on every TLB fill, page walk or guest copy: the method allocates nothing, boxes nothing,
/// and has no lambda, varargs, stream or string in it. On a type it holds for all of its methods.
///
/// Constructors of exceptions are allowed: throwing leaves the hot path. The architecture test
/// refuses the rest.
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface HotPath {}
